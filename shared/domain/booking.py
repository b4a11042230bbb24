"""A booking that was paid elsewhere, as central hands it over for its tickets to be collected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.money import Money
from shared.domain.sale import Prepaid, SaleOpened


@dataclass(frozen=True, slots=True)
class Booking:
    """One slot of a paid booking: a ticket for each of `categories`. `quote` is the quote that it was paid by."""

    booking_id: str
    product_id: str
    slot: str  # text form of a SlotKey
    categories: tuple[str, ...]
    total: Money
    quote: Mapping[str, object] = field(default_factory=dict, hash=False)

    def opened(self, language: str, channel: str, *, offline: bool) -> SaleOpened:
        """The sale by which its tickets are issued: paid in full before it began."""
        return SaleOpened(
            language,
            channel,
            self.slot,
            self.categories,
            self.product_id,
            self.total,
            self.quote,
            offline,
            Prepaid("booking", self.booking_id, self.total),
        )
