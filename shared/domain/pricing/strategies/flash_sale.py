"""Flash sale: a lower price for a while, as long as the quota lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class FlashSale:
    """The effect on sales from `start` until before `end` (the site's own time), for `tickets` tickets in all."""

    start: datetime
    end: datetime
    tickets: int
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect while the sale is on."""
        now = situation.asked_at.replace(tzinfo=None)
        return self.effect if self.start <= now < self.end else None

    def quota(self, rule_id: str, situation: Situation) -> int:
        """What is left of the tickets."""
        return max(0, self.tickets - situation.used.get(rule_id, 0))


def _read(parameters: Parameters) -> FlashSale:
    start, end = parameters.table.local_instant("start"), parameters.table.local_instant("end")
    if end <= start:
        parameters.table.wrong("end", "must be after `start`")
    return FlashSale(start, end, parameters.table.integer("tickets", least=1), parameters.effect())


REGISTRATION = Registration("flash_sale", ("demand",), _read)
