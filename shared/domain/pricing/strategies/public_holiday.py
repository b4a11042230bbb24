"""Public holidays, from the calendar of the State Council's notices or as the price list declares them."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.calendar_days import DeclaredDays, read_declared_days
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import PriceError, Registration, Situation, Unit


@dataclass(frozen=True)
class PublicHoliday:
    """The effect on public holidays. `refuse_unknown`: no price at all for a year whose holidays are not known."""

    days: DeclaredDays
    refuse_unknown: bool
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect on a holiday. Raises PriceError for an unknown year, unless declared otherwise."""
        kind = self.days.kind_of(situation.visit)
        if kind is None and self.refuse_unknown:
            raise PriceError("holidays", f"the public holidays of {situation.visit.year} are not known")
        return self.effect if kind == "holiday" else None


def _read(parameters: Parameters) -> PublicHoliday:
    refuse = parameters.table.choice("unknown_year", ("refuse", "ordinary"), "refuse") == "refuse"
    return PublicHoliday(read_declared_days(parameters), refuse, parameters.effect())


REGISTRATION = Registration("public_holiday", ("calendar",), _read)
