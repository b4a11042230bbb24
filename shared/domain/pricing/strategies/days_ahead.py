"""Days ahead: who buys early pays less."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.steps import Steps
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class DaysAhead:
    """Steps by the days between the sale and the visit, counted in the site's own time."""

    steps: Steps

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect of the highest step that is reached."""
        return self.steps.at(situation.days_ahead)


def _read(parameters: Parameters) -> DaysAhead:
    return DaysAhead(Steps(parameters.steps("steps", "days")))


REGISTRATION = Registration("days_ahead", ("calendar",), _read)
