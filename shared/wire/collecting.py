"""Collecting a booking at a terminal: found, taken by one terminal, or given out ahead for a day without a line."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from shared.domain.booking import Booking
from shared.domain.money import Currency, Money
from shared.wire.base import Count, Name, SlotText, WireModel
from shared.wire.lease import LeaseDocument

MAX_AHEAD = 50  # bookings in one answer
Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})+$")]
Salt = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class LookUpRequest(WireModel):
    """What the visitor shows or says. In a body, never in an address: it may be a telephone or a document number."""

    kind: Literal["code", "telephone", "document"]
    value: Annotated[str, StringConstraints(min_length=4, max_length=64)]


class CollectableBooking(WireModel):
    """A confirmed booking. `taken_by` names the terminal that has it, empty when it is free."""

    booking_id: Name
    product_id: Name
    slot: SlotText
    categories: list[str]
    total_minor: Count
    currency: Name
    quote: dict[str, JsonValue]
    taken_by: str = ""

    @staticmethod
    def of(booking: Booking, taken_by: str = "") -> CollectableBooking:
        return CollectableBooking.model_validate(
            {
                "booking_id": booking.booking_id,
                "product_id": booking.product_id,
                "slot": booking.slot,
                "categories": list(booking.categories),
                "total_minor": booking.total.minor,
                "currency": booking.total.currency.code,
                "quote": dict(booking.quote),
                "taken_by": taken_by,
            }
        )

    def to_domain(self) -> Booking:
        return Booking(
            self.booking_id,
            self.product_id,
            self.slot,
            tuple(self.categories),
            Money(self.total_minor, Currency(self.currency)),
            self.quote,
        )


class LookUpAnswer(WireModel):
    """The bookings that were found and can be collected."""

    bookings: list[CollectableBooking]


class Collection(WireModel):
    """The booking is this terminal's to issue, on the places of this lease. Settled unused, it is free again."""

    booking: CollectableBooking
    lease: LeaseDocument


class AheadRequest(WireModel):
    """Bookings of a day (site's calendar) to collect without a line. `salt`: 16 random bytes of the terminal's."""

    day: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    salt: Salt


class AheadEntry(WireModel):
    """A way to a booking: under the name that a look-up value gives, its id and key, sealed with that value's key."""

    name: Hex
    sealed: Hex


class AheadBooking(WireModel):
    """A CollectableBooking as zlib-compressed JSON, sealed (SM4-GCM) under a key that its entries hold."""

    booking_id: Name
    sealed: Hex


class AheadAnswer(WireModel):
    """The next bookings that are given to this terminal alone; `more`: ask again."""

    entries: list[AheadEntry]
    bookings: Annotated[list[AheadBooking], Field(max_length=MAX_AHEAD)]
    leases: list[LeaseDocument]
    more: bool
