"""A booking as its channel and as terminals see it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from central.storage.tables import BookingRow
from shared.domain.booking import Booking
from shared.domain.canonical import canonical, instant_text
from shared.domain.capacity import SlotKey
from shared.domain.money import Currency, Money
from shared.wire.channel import BookingDocument, PartyPart


def party_bytes(party: Sequence[PartyPart]) -> bytes:
    """As it is stored."""
    return canonical([part.model_dump() for part in party])


def party_of(row: BookingRow) -> list[PartyPart]:
    """Who comes."""
    return [PartyPart.model_validate(part) for part in json.loads(row.party)]


def categories_of(row: BookingRow) -> tuple[str, ...]:
    """One category id for each visitor."""
    return tuple(part.category for part in party_of(row) for _ in range(part.count))


def booking_of(row: BookingRow) -> Booking:
    """The booking as terminals know it."""
    return Booking(
        booking_id=row.booking_id,
        product_id=SlotKey.parse(row.slot).product_id,
        slot=row.slot,
        categories=categories_of(row),
        total=Money(row.total_minor, Currency(row.currency)),
        quote=json.loads(row.quote),
    )


def document_of(row: BookingRow) -> BookingDocument:
    """What the channel reads. The code is told once the booking is confirmed."""
    return BookingDocument.model_validate(
        {
            "booking_id": row.booking_id,
            "reference": row.reference,
            "state": row.state,
            "slot": row.slot,
            "party": party_of(row),
            "total_minor": row.total_minor,
            "refunded_minor": row.refunded_minor,
            "currency": row.currency,
            "hold_until": instant_text(row.hold_until),
            "created_at": instant_text(row.created_at),
            "code": row.code if row.confirmed_at is not None else "",
        }
    )
