"""Agency contract: what was agreed with a travel agency, from a number of visitors on."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class AgencyContract:
    """The effect in sales of the `agency` with at least `least` visitors."""

    agency: str
    least: int
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect in such a sale."""
        contracted = situation.circumstances.agency == self.agency and situation.size(()) >= self.least
        return self.effect if contracted else None


def _read(parameters: Parameters) -> AgencyContract:
    least = parameters.table.integer("least", 1, least=1)
    return AgencyContract(parameters.table.text("agency"), least, parameters.effect())


REGISTRATION = Registration("agency_contract", ("group", "person"), _read)
