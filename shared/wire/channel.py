"""What partner channels ask and are told (`/channel/v1`): availability, holds, bookings, statements, notices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.wire.base import Count, Instant, Name, SlotText, WireModel

CHANNEL_VERSION = 1
MAX_PARTY = 50  # visitors in one booking
MAX_KINDS = 10
NOTICE_SIGNATURE = (
    "Shanmen-Signature"  # `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>" under the channel's secret>`
)

Scope = Literal["availability", "book", "refund", "statement"]
BookingState = Literal["held", "expired", "released", "confirmed", "refunded", "collected"]
Reference = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:/-]{1,64}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
PersonName = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f<>]{1,64}$")]
Telephone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9 -]{5,24}$")]
DocumentNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z()-]{4,32}$")]


class PartyPart(WireModel):
    """So many visitors of a category."""

    category: Word
    count: Annotated[int, Field(ge=1, le=MAX_PARTY)]


class Contact(WireModel):
    """Who comes. Kept encrypted; telephone and document number also find the booking at kiosk and window."""

    name: PersonName | None = None
    telephone: Telephone | None = None
    document: DocumentNumber | None = None


class SlotAvailability(WireModel):
    """Places of one slot that may be held now."""

    slot: SlotText
    end: Instant
    free: Count


class Availability(WireModel):
    """The slots of a product on a day that are not over."""

    slots: list[SlotAvailability]


class HoldRequest(WireModel):
    """Places for a party. `reference` is the channel's own order number, used once."""

    slot: SlotText
    party: Annotated[list[PartyPart], Field(min_length=1, max_length=MAX_KINDS)]
    reference: Reference


class ConfirmRequest(WireModel):
    """The channel was paid. From now on it is owed to the visitor."""

    contact: Contact = Contact()


class ChangeRequest(WireModel):
    """Another slot of the same product for the same party, at its price of now."""

    slot: SlotText


class BookingDocument(WireModel):
    """A booking. `code` is what the visitor shows; it is empty until the booking is confirmed."""

    booking_id: Name
    reference: Reference
    state: BookingState
    slot: SlotText
    party: list[PartyPart]
    total_minor: Count
    refunded_minor: Count
    currency: Name
    hold_until: Instant
    created_at: Instant
    code: str = ""


class StatementLine(WireModel):
    """One entry of the channel's account: what it has with the site grew (positive) or shrank, in minor units."""

    at: Instant
    entry: Name
    amount_minor: int


class Statement(WireModel):
    """The account between two times; `balance_minor` is what the channel has with the site now."""

    kind: Literal["open", "deposit", "credit"]
    limit_minor: Count
    balance_minor: int
    currency: Name
    lines: list[StatementLine]
    more: bool


class Notice(WireModel):
    """What a channel is told at its address. Sent again until it answers 2xx; `notice_id` says that it is the same."""

    notice_id: Name
    event: Literal["booking.confirmed", "booking.refunded", "booking.changed", "booking.collected", "booking.expired"]
    at: Instant
    booking: BookingDocument
