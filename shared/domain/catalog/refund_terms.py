"""Until when, at what fee and with whose approval a product's tickets are taken back: a part of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.domain.money import Money

Approval = Literal["none", "supervisor"]
RefundPolicy = Literal["share", "used_at_single_price"]


@dataclass(frozen=True, slots=True)
class FeeStep:
    """At least `minutes_before` the slot's start this is kept of a ticket's value; negative: minutes after it.

    `fee_bp` basis points of the value, half up, and `fee_minor` minor units on top; together at most the value.
    """

    minutes_before: int
    fee_bp: int = 0
    fee_minor: int = 0

    def fee(self, value: Money) -> Money:
        """What is kept of a ticket worth `value`."""
        part = (value.minor * self.fee_bp + 5000) // 10_000
        return Money(min(value.minor, part + self.fee_minor), value.currency)


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """The steps in any order: the cheapest one still open counts; none open, neither refund nor exchange.

    `partly_used` says what a combination of which a part was used is worth; None: nothing goes back.
    `approval`: `none` is one tap, `supervisor` needs a second person.
    """

    steps: tuple[FeeStep, ...]
    partly_used: RefundPolicy | None = None
    exchangeable: bool = True
    approval: Approval = "none"

    def step_at(self, start: datetime, now: datetime, value: Money) -> FeeStep | None:
        """What counts at `now` for a ticket of a slot that starts at `start` (both UTC); None when it is too late."""
        left = start - now
        still_open = [step for step in self.steps if left >= timedelta(minutes=step.minutes_before)]
        return min(still_open, key=lambda step: step.fee(value).minor, default=None)


FREE_UNTIL_THE_SLOT = RefundTerms((FeeStep(0),))
