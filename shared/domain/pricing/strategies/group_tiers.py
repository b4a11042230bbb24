"""Group tiers: the larger the party, the lower the price of each ticket."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.steps import Steps
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class GroupTiers:
    """Steps by how many of the party belong to the `counted` categories (empty: all), whatever else they take."""

    counted: tuple[str, ...]
    steps: Steps

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect of the highest step that the party reaches."""
        return self.steps.at(situation.size(self.counted))


def _read(parameters: Parameters) -> GroupTiers:
    return GroupTiers(parameters.categories("counted"), Steps(parameters.steps("steps", "visitors")))


REGISTRATION = Registration("group_tiers", ("group",), _read)
