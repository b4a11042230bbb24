"""Which ticket may be taken back, until when and at what fee: rules by product, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from shared.domain.money import Money
from shared.domain.pricing.refund import RefundPolicy

RefundRefusal = Literal[
    "unknown_ticket",
    "sale_not_finished",
    "already_ended",
    "promised",
    "admitted",
    "too_late",
    "partly_used",
    "after_z",
    "not_here",
    "too_often",
]


@dataclass(frozen=True, slots=True)
class FeeStep:
    """At least `minutes_before` the slot's start, `fee_bp` basis points of the value are kept. Negative: after it."""

    minutes_before: int
    fee_bp: int


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """The steps of a product, in any order: the cheapest one still open counts; none open, no refund.

    `partly_used` says what a combination of which a part was used is worth; None: nothing goes back.
    """

    steps: tuple[FeeStep, ...]
    partly_used: RefundPolicy | None = None

    def fee_at(self, start: datetime, now: datetime) -> int | None:
        """The fee in basis points at `now` for a slot that starts at `start` (both UTC); None when it is too late."""
        left = start - now
        return min((s.fee_bp for s in self.steps if left >= timedelta(minutes=s.minutes_before)), default=None)


FREE_UNTIL_THE_SLOT = RefundTerms((FeeStep(0, 0),))


@dataclass(frozen=True, slots=True)
class RefundRules:
    """The terms of each product; `otherwise` for a product without terms of its own."""

    by_product: Mapping[str, RefundTerms] = field(default_factory=dict, hash=False)
    otherwise: RefundTerms = FREE_UNTIL_THE_SLOT

    def terms(self, product_id: str) -> RefundTerms:
        """The terms that a product is sold under."""
        return self.by_product.get(product_id, self.otherwise)


def fee_of(value: Money, fee_bp: int) -> Money:
    """`fee_bp` basis points of a value, half up; at most the value."""
    return Money(min(value.minor, (value.minor * fee_bp + 5000) // 10_000), value.currency)


def may_decide_here(*, online: bool, lease_open: bool) -> bool:
    """Offline only tickets of a lease that is still open are taken back; all else waits for central."""
    return online or lease_open
