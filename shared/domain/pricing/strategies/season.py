"""Season: a span of the year that comes back every year."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Season:
    """The effect from `first` to `last` (month, day), both included; over the new year when `last` is earlier."""

    first: MonthDay
    last: MonthDay
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect when the visit is in season."""
        day = (situation.visit.month, situation.visit.day)
        if self.first <= self.last:
            return self.effect if self.first <= day <= self.last else None
        return self.effect if day >= self.first or day <= self.last else None


def _read(parameters: Parameters) -> Season:
    return Season(parameters.table.month_day("first"), parameters.table.month_day("last"), parameters.effect())


REGISTRATION = Registration("season", ("calendar",), _read)
