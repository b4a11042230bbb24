"""Which terminal issues a booking's tickets: one at a time, on the booking's own places (docs/adr/0022)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.bookings.contacts import Contacts
from central.capacity.leases import Grantor
from central.fleet.terminals import Terminal
from central.refusal import RefusalError
from central.storage.tables import BookingRow, CollectionRow, LeaseRow, SlotRow, TerminalRow
from central.storage.tables.bookings import COLLECTED, CONFIRMED
from shared.domain.capacity import Lease
from shared.security.look_up import LookUpKind
from shared.wire.problem import Problem

Taken = tuple[BookingRow, Lease]


def look_up(
    session: Session, site_id: str, contacts: Contacts, kind: LookUpKind, value: str
) -> Sequence[tuple[BookingRow, str]]:
    """The bookings that a value finds and that can be collected, each with who has it; the next slot first."""
    ids = contacts.found_by(session, site_id, kind, value)
    query = (
        select(BookingRow, TerminalRow.name)
        .outerjoin(
            CollectionRow,
            (CollectionRow.site_id == BookingRow.site_id) & (CollectionRow.booking_id == BookingRow.booking_id),
        )
        .outerjoin(
            TerminalRow,
            (TerminalRow.site_id == CollectionRow.site_id) & (TerminalRow.terminal_id == CollectionRow.terminal_id),
        )
        .where(BookingRow.site_id == site_id, BookingRow.booking_id.in_(ids), BookingRow.state == CONFIRMED)
        .order_by(BookingRow.slot, BookingRow.booking_id)
    )
    return [(row, name or "") for row, name in session.execute(query)]


def collect(
    session: Session, grantor: Grantor, terminal: Terminal, booking_id: str, now: datetime, *, ahead: bool = False
) -> Taken:
    """Gives the booking to the terminal. Asked again by the same one, the answer is the same. Raises RefusalError."""
    row = session.get(BookingRow, (grantor.site_id, booking_id), with_for_update=True)
    if row is None:
        raise RefusalError(Problem.UNKNOWN_BOOKING)
    taken = session.get(CollectionRow, (grantor.site_id, booking_id))
    if taken is not None:
        return row, _again(session, grantor, terminal, taken, row, now)
    if row.state != CONFIRMED:
        raise RefusalError(Problem.WRONG_STATE, row.state)
    slot = session.get_one(SlotRow, (grantor.site_id, row.slot))
    if slot.ends_at <= now:
        raise RefusalError(Problem.WRONG_STATE, "the slot is over")
    lease = grantor.row(terminal, slot, row.units, now, booking_id)
    session.add(lease)
    session.flush()
    session.add(
        CollectionRow(
            site_id=grantor.site_id,
            booking_id=booking_id,
            terminal_id=terminal.terminal_id,
            lease_id=lease.lease_id,
            ahead=int(ahead),
            taken_at=now,
            sale_id="",
        )
    )
    return row, grantor.signed(lease, terminal, now)


def _again(
    session: Session, grantor: Grantor, terminal: Terminal, taken: CollectionRow, row: BookingRow, now: datetime
) -> Lease:
    lease = session.get_one(LeaseRow, (grantor.site_id, taken.lease_id))
    if (lease.terminal_id, lease.epoch) != (terminal.terminal_id, terminal.epoch):
        name = session.get_one(TerminalRow, (grantor.site_id, taken.terminal_id)).name
        raise RefusalError(Problem.COLLECTED_ELSEWHERE, name)
    if row.state == COLLECTED:
        raise RefusalError(Problem.WRONG_STATE, row.state)
    return grantor.signed(lease, terminal, now)


def not_taken(session: Session, site_id: str, begin: datetime, end: datetime, most: int) -> Sequence[str]:
    """Confirmed bookings of slots that begin within a time (UTC) and that no terminal has; the next slot first."""
    query = (
        select(BookingRow.booking_id)
        .join(SlotRow, (SlotRow.site_id == BookingRow.site_id) & (SlotRow.slot == BookingRow.slot))
        .outerjoin(
            CollectionRow,
            (CollectionRow.site_id == BookingRow.site_id) & (CollectionRow.booking_id == BookingRow.booking_id),
        )
        .where(BookingRow.site_id == site_id, BookingRow.state == CONFIRMED, CollectionRow.booking_id.is_(None))
        .where(SlotRow.starts_at >= begin, SlotRow.starts_at < end)
        .order_by(SlotRow.starts_at, BookingRow.booking_id)
    )
    return session.scalars(query.limit(most)).all()
