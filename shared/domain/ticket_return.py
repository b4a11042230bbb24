"""A ticket taken back, and what it gives: the same value in a refund and in an exchange."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class RulesUsed:
    """By what a decision was made: the catalogue's version, the digest of its refund rules, and the time (UTC, text).

    With the same rules the decision can be worked out again (`shared.domain.refund_rules.replays`).
    """

    version: str
    digest: str
    at: str


@dataclass(frozen=True, slots=True)
class TicketReturn:
    """One ticket taken back: what it was worth, and the fee kept of that; `fee_bp` is the part of it by percentage.

    `used` are the products on it that were used already and are not in `value`.
    """

    ticket_id: str
    product_id: str
    value: Money
    fee: Money
    fee_bp: int = 0
    used: tuple[str, ...] = ()

    @property
    def back(self) -> Money:
        """What the visitor gets for it."""
        return self.value - self.fee
