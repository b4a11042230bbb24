"""Weekday or weekend, where the adjusted working days of the public holidays can count as working days."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.calendar_days import DeclaredDays, read_declared_days
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import PriceError, Registration, Situation, Unit


@dataclass(frozen=True)
class WeekdayWeekend:
    """The effect on weekend days, or on weekdays when not `on_weekend`.

    `adjusted`: a Saturday on which the country works is a weekday; public holidays then count as weekend days. Without
    it only the day of the week counts.
    """

    on_weekend: bool
    adjusted: bool
    days: DeclaredDays
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect on such a day. Raises PriceError when the year's adjusted days are not known."""
        if not self.adjusted:
            free = situation.visit.isoweekday() > 5
        else:
            kind = self.days.kind_of(situation.visit)
            if kind is None:
                raise PriceError("holidays", f"the adjusted working days of {situation.visit.year} are not known")
            free = kind != "work"
        return self.effect if free == self.on_weekend else None


def _read(parameters: Parameters) -> WeekdayWeekend:
    on_weekend = parameters.table.choice("on", ("weekend", "weekday")) == "weekend"
    adjusted = parameters.table.flag("adjusted", False)
    return WeekdayWeekend(on_weekend, adjusted, read_declared_days(parameters), parameters.effect())


REGISTRATION = Registration("weekday_weekend", ("calendar",), _read)
