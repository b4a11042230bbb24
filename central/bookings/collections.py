"""What becomes of a collection: given up unused, or told of by the terminal's journal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.bookings.document import document_of
from central.channels.accounts import OWED, post
from central.channels.notices import tell
from central.storage.tables import BookingRow, CollectionRow, LeaseRow, SaleRow, TicketRow
from central.storage.tables.bookings import COLLECTED, CONFIRMED
from shared.domain.capacity import SlotKey


def end_collection(session: Session, lease: LeaseRow, used: int) -> None:
    """A booking's lease is over: without tickets any terminal may collect it."""
    query = select(CollectionRow).filter_by(site_id=lease.site_id, lease_id=lease.lease_id)
    taken = session.scalars(query).one_or_none()
    if taken is not None and not used:
        session.delete(taken)


def begin_sale(session: Session, site_id: str, sale_id: str, terminal_id: str, booking_id: str) -> str:
    """A terminal began to issue a booking; a remark when it was not given to it."""
    taken = session.get(CollectionRow, (site_id, booking_id))
    if taken is None or taken.terminal_id != terminal_id:
        return "booking_not_given_out"
    taken.sale_id = sale_id
    return ""


def count_collected(session: Session, sale: SaleRow, now: datetime) -> str:
    """A ticket of the booking exists: it is collected, and what was owed is a sale. A remark when it was before."""
    row = session.get(BookingRow, (sale.site_id, sale.booking_id), with_for_update=True)
    if row is None:
        return "booking_unknown"
    if row.state == COLLECTED:
        return "booking_collected_twice" if _issued_elsewhere(session, sale) else ""
    remark = "" if row.state == CONFIRMED else f"booking_was_{row.state}"
    row.state = COLLECTED
    if not remark:
        product_id = SlotKey.parse(row.slot).product_id
        legs = {OWED: row.total_minor, f"sales:{product_id}": -row.total_minor}
        post(session, row.site_id, f"{row.booking_id}:collected", legs, row.currency, now)
        tell(session, row.site_id, row.channel_id, "booking.collected", document_of(row), now, _same_name(row))
    return remark


def _issued_elsewhere(session: Session, sale: SaleRow) -> bool:
    """Whether another sale has tickets of the same booking."""
    query = (
        select(TicketRow.ticket_id)
        .join(SaleRow, (SaleRow.site_id == TicketRow.site_id) & (SaleRow.sale_id == TicketRow.sale_id))
        .where(SaleRow.site_id == sale.site_id, SaleRow.booking_id == sale.booking_id)
        .where(SaleRow.sale_id != sale.sale_id)
    )
    return session.scalar(query.limit(1)) is not None


def _same_name(row: BookingRow) -> Callable[[int], bytes]:
    """Bytes that follow from the booking: it is told once, however often its journal is read."""
    digest = hashlib.sha256(f"{row.booking_id}:collected".encode()).digest()
    return lambda count: digest[:count]
