"""Confirmed bookings that are changed or given back, by the refund terms of the catalogue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from central.bookings.booking_desk import BookingDesk
from central.bookings.document import booking_of
from central.bookings.pricing import Priced
from central.capacity import channel_places
from central.channels.accounts import charge, credit
from central.channels.registry import Channel
from central.refusal import RefusalError
from central.storage.tables import BookingRow, CollectionRow
from central.storage.tables.bookings import CONFIRMED, REFUNDED
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.refund_rules import RefundRules, given_back
from shared.domain.ticket_return import TicketReturn
from shared.wire.channel import BookingDocument
from shared.wire.problem import Problem


def refund(
    session: Session, desk: BookingDesk, channel: Channel, booking_id: str, catalog: Catalog, now: datetime
) -> BookingDocument:
    """Takes a booking back whole: places free, what the terms give credited. Raises RefusalError."""
    row = _changeable(session, desk, channel, booking_id)
    back, fee = _worth(row, catalog, now)
    if not channel_places.give_back(session, desk.site_id, row.slot, row.units):
        raise AssertionError("the slot does not have the places of its own booking")
    credit(session, desk.site_id, channel.account_id, f"{row.booking_id}:refunded", back, fee, now)
    row.state, row.refunded_minor = REFUNDED, back
    return desk.told(session, row, "booking.refunded", now)


def change(
    session: Session,
    desk: BookingDesk,
    channel: Channel,
    booking_id: str,
    slot: str,
    priced: Priced,
    now: datetime,
) -> BookingDocument:
    """Moves a booking to another slot of its product, in one step; the difference in price is posted."""
    row = _changeable(session, desk, channel, booking_id)
    if SlotKey.parse(slot).product_id != SlotKey.parse(row.slot).product_id:
        raise RefusalError(Problem.WRONG_STATE, "another product is another booking")
    if SlotKey.parse(row.slot).start <= now:
        raise RefusalError(Problem.NOT_REFUNDABLE, "the slot has begun")
    _move(session, desk.site_id, row, slot, now)
    entry, difference = f"{row.booking_id}:{slot}:{desk.ids(4).hex()}", priced.total.minor - row.total_minor
    if difference > 0:
        charge(session, desk.site_id, channel.account_id, entry, difference, now)
    elif difference < 0:
        credit(session, desk.site_id, channel.account_id, entry, -difference, 0, now)
    row.slot, row.total_minor, row.quote = slot, priced.total.minor, priced.quote
    return desk.told(session, row, "booking.changed", now)


def _move(session: Session, site_id: str, row: BookingRow, slot: str, now: datetime) -> None:
    """In the order of the slots, for another may move the other way."""
    taken = slot == row.slot
    for each in sorted({slot, row.slot}) if not taken else ():
        if each == row.slot:
            channel_places.give_back(session, site_id, row.slot, row.units)
        elif not channel_places.hold(session, site_id, slot, row.units, now):
            raise RefusalError(Problem.FULL)
        else:
            channel_places.book(session, site_id, slot, row.units)


def _changeable(session: Session, desk: BookingDesk, channel: Channel, booking_id: str) -> BookingRow:
    row = desk.find(session, channel, booking_id, lock=True)
    if row.state != CONFIRMED:
        raise RefusalError(Problem.WRONG_STATE, row.state)
    if session.get(CollectionRow, (row.site_id, row.booking_id)) is not None:
        raise RefusalError(Problem.COLLECTED_ELSEWHERE, "its tickets are being issued")
    return row


def _worth(row: BookingRow, catalog: Catalog, now: datetime) -> tuple[int, int]:
    """What comes back and what stays as a fee, in minor units, ticket by ticket as at the window."""
    opened = booking_of(row).opened("", row.channel_id, offline=False)
    rules = RefundRules.of(catalog)
    given = [given_back(rules, opened, (index, ""), now) for index in range(row.units)]
    returns = [each for each in given if isinstance(each, TicketReturn)]
    if len(returns) < len(given):
        raise RefusalError(Problem.NOT_REFUNDABLE)
    fee = sum(each.fee.minor for each in returns)
    return sum(each.value.minor for each in returns) - fee, fee
