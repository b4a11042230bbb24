"""Last minute: shortly before the slot starts, or after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class LastMinute:
    """The effect when the slot starts within `minutes` of the sale, or has started."""

    minutes: int
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect when it is that late; nothing without a slot."""
        start = situation.slot_start
        late = start is not None and start - situation.asked_at <= timedelta(minutes=self.minutes)
        return self.effect if late else None


def _read(parameters: Parameters) -> LastMinute:
    return LastMinute(parameters.table.integer("minutes", least=1), parameters.effect())


REGISTRATION = Registration("last_minute", ("calendar", "demand"), _read)
