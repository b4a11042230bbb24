"""Issuing the tickets of a booking that was paid elsewhere, once at this terminal."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.booking import Booking
from shared.selling.desk import Refunds
from shared.selling.process import SaleProcess


@dataclass(frozen=True, slots=True)
class CollectedBefore:
    """The booking's tickets were issued, or are being issued, by this sale."""

    sale_id: str


class Collecting:
    """A collection is a sale that is paid before it begins: places, tickets, receipt and claim as in any other."""

    def __init__(self, process: SaleProcess, refunds: Refunds, channel: str) -> None:
        self._process = process
        self._refunds = refunds
        self._channel = channel

    def collect(self, sale_id: str, booking: Booking, language: str, *, offline: bool) -> CollectedBefore | None:
        """Issues the tickets; progress comes as for a sale. Without places the booking stays as it was."""
        before = self._refunds.collected_by(booking.booking_id)
        if before is not None:
            return CollectedBefore(before)
        self._process.open(sale_id, booking.opened(language, self._channel, offline=offline))
        return None
