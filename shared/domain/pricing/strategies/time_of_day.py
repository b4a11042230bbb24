"""Time of day: slots that start within a span of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class TimeOfDay:
    """The effect on slots that start at `first` or later and before `until`, in the site's own time."""

    first: time
    until: time
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect when the slot starts within the span; nothing without a slot."""
        start = situation.slot_start
        return self.effect if start is not None and self.first <= start.time() < self.until else None


def _read(parameters: Parameters) -> TimeOfDay:
    first, until = parameters.table.clock("first"), parameters.table.clock("until")
    if until <= first:
        parameters.table.wrong("until", "must be after `first`")
    return TimeOfDay(first, until, parameters.effect())


REGISTRATION = Registration("time_of_day", ("calendar",), _read)
