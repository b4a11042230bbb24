"""A ticket taken back, and what it gives: the same value in a refund and in an exchange."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class TicketReturn:
    """One ticket taken back: what it was worth, and the fee kept of that (`fee_bp` basis points, half up).

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
