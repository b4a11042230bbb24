"""What partner channels ask (`/channel/v1`)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep
from central.api.channel_calling import DoorDep, OnceDep, allowed, do_once
from central.bookings.document import document_of, party_of
from central.bookings.giving_back import change, refund
from central.bookings.pricing import price
from central.channels.accounts import statement
from central.channels.registry import Channel
from central.refusal import RefusalError
from central.service import Central
from central.site_days import begin_of, span_of
from central.storage.tables import BookingRow, SlotRow
from shared.domain.canonical import instant_text
from shared.wire.channel import (
    Availability,
    BookingDocument,
    ChangeRequest,
    ConfirmRequest,
    HoldRequest,
    Reference,
    SlotAvailability,
    Statement,
    Word,
)
from shared.wire.problem import Problem

router = APIRouter(prefix="/channel/v1", tags=["channel"])
LookingChannel = Annotated[Channel, Depends(allowed("availability"))]
BookingChannel = Annotated[Channel, Depends(allowed("book"))]
RefundingChannel = Annotated[Channel, Depends(allowed("refund"))]
AccountChannel = Annotated[Channel, Depends(allowed("statement"))]
BookingId = Annotated[str, Path(pattern="^b-[0-9a-f]{16}$")]


@router.get("/availability")
def read_availability(central: ServiceDep, _channel: LookingChannel, product: Word, day: date) -> Availability:
    """The slots of a product on a day of the site's calendar, with the places that may be held now."""
    begin, end = span_of(day, central.area.catalog.zone)
    now = central.clock.now()
    query = (
        select(SlotRow)
        .where(SlotRow.site_id == central.site_id, SlotRow.slot.startswith(f"{product}@", autoescape=True))
        .where(SlotRow.starts_at >= begin, SlotRow.starts_at < end, SlotRow.ends_at > now)
        .order_by(SlotRow.starts_at)
    )
    rows = central.database.read(lambda session: session.scalars(query).all())
    return Availability(
        slots=[SlotAvailability(slot=row.slot, end=instant_text(row.ends_at), free=row.free) for row in rows]
    )


@router.post("/holds", status_code=201)
def hold_places(
    central: ServiceDep, door: DoorDep, channel: BookingChannel, once: OnceDep, wanted: HoldRequest
) -> BookingDocument:
    """Holds places for a party at the price of now, until `hold_until`."""
    now = central.clock.now()
    priced = price(central.area, channel, wanted.slot, wanted.party, now)
    desk = central.desk

    def work(session: Session) -> BookingDocument:
        return desk.hold(session, channel, wanted, priced, now)

    booking = do_once(central, once, BookingDocument, work, together=wanted.slot)
    door.held(booking.booking_id, booking.slot)
    return booking


@router.post("/bookings/{booking_id}/confirmation")
def confirm_booking(
    central: ServiceDep,
    door: DoorDep,
    channel: BookingChannel,
    once: OnceDep,
    booking_id: BookingId,
    request: ConfirmRequest,
) -> BookingDocument:
    """The channel was paid; the booking can be collected. Its account is charged."""
    now, desk = central.clock.now(), central.desk
    slot = door.slot_of(booking_id)

    def work(session: Session) -> BookingDocument:
        return desk.confirm(session, channel, booking_id, request, now)

    return do_once(central, once, BookingDocument, work, together=slot)


@router.post("/bookings/{booking_id}/release")
def release_hold(central: ServiceDep, channel: BookingChannel, once: OnceDep, booking_id: BookingId) -> BookingDocument:
    """Cancels a hold; its places are free again."""
    desk = central.desk
    return do_once(central, once, BookingDocument, lambda session: desk.release(session, channel, booking_id))


@router.post("/bookings/{booking_id}/refund")
def refund_booking(
    central: ServiceDep, channel: RefundingChannel, once: OnceDep, booking_id: BookingId
) -> BookingDocument:
    """Takes a confirmed booking back by the refund terms of its product."""
    now, desk, catalog = central.clock.now(), central.desk, central.area.catalog

    def work(session: Session) -> BookingDocument:
        return refund(session, desk, channel, booking_id, catalog, now)

    return do_once(central, once, BookingDocument, work)


@router.post("/bookings/{booking_id}/change")
def change_booking(
    central: ServiceDep, channel: RefundingChannel, once: OnceDep, booking_id: BookingId, wanted: ChangeRequest
) -> BookingDocument:
    """Moves a confirmed booking to another slot of its product, at the price of now."""
    now, desk = central.clock.now(), central.desk
    party = party_of(_booking(central, channel, booking_id))
    priced = price(central.area, channel, wanted.slot, party, now)

    def work(session: Session) -> BookingDocument:
        return change(session, desk, channel, booking_id, wanted.slot, priced, now)

    return do_once(central, once, BookingDocument, work)


@router.get("/bookings/{booking_id}")
def read_booking(central: ServiceDep, channel: BookingChannel, booking_id: BookingId) -> BookingDocument:
    """A booking of the channel's own."""
    return document_of(_booking(central, channel, booking_id))


@router.get("/bookings")
def find_booking(central: ServiceDep, channel: BookingChannel, reference: Reference) -> BookingDocument:
    """The booking of the channel's own order number: how to go on after an answer that was lost."""
    which = {"site_id": central.site_id, "channel_id": channel.channel_id, "reference": reference}
    row = central.database.read(lambda s: s.scalars(select(BookingRow).filter_by(**which)).one_or_none())
    if row is None:
        raise RefusalError(Problem.UNKNOWN_BOOKING)
    return document_of(row)


@router.get("/statement")
def read_statement(central: ServiceDep, channel: AccountChannel, begin: date, end: date) -> Statement:
    """The channel's account from the begin of one day to the begin of another, by the site's calendar."""
    zone = central.area.catalog.zone
    first, last = (begin_of(day, zone) for day in (begin, end))
    return central.database.read(lambda session: statement(session, central.site_id, channel.account_id, first, last))


def _booking(central: Central, channel: Channel, booking_id: str) -> BookingRow:
    def work(session: Session) -> BookingRow:
        return central.desk.find(session, channel, booking_id)

    return central.database.read(work)
