"""Leases of an epoch that its terminal left: restored from a backup, or replaced.

Nobody knows for certain what was sold from them. A person who looked settles one with a number; a slot that is over is
settled with the tickets that are known, because its places are of no more use.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.audit.chain import CENTRAL, record
from central.capacity.leases import end, units_with_tickets
from central.refusal import RefusalError
from central.storage.tables import LeaseRow, SlotRow, TerminalRow
from central.storage.tables.capacity import RECLAIMED, SETTLED
from shared.wire.problem import Problem


def stranded(session: Session, site_id: str) -> Sequence[LeaseRow]:
    """The leases that no terminal can settle any more, in a fixed order."""
    query = (
        select(LeaseRow)
        .join(
            TerminalRow,
            (TerminalRow.site_id == LeaseRow.site_id) & (TerminalRow.terminal_id == LeaseRow.terminal_id),
        )
        .where(LeaseRow.site_id == site_id, LeaseRow.state != SETTLED, LeaseRow.epoch < TerminalRow.epoch)
        .order_by(LeaseRow.slot, LeaseRow.lease_id)
    )
    return session.scalars(query).all()


def settle_stranded(session: Session, site_id: str, lease_id: bytes, used: int, author: str, now: datetime) -> LeaseRow:
    """A person says how many units were sold; not fewer than there are tickets. Raises RefusalError."""
    row = session.get(LeaseRow, (site_id, lease_id), with_for_update=True)
    if row is None or row.state == SETTLED or not _is_dead(session, row):
        raise RefusalError(Problem.UNKNOWN_LEASE)
    known = units_with_tickets(session, site_id, lease_id)
    if not known <= used <= row.units:
        raise RefusalError(Problem.WRONG_SETTLEMENT, f"between {known} and {row.units} units can have been sold")
    end(session, row, used, now)
    record(session, site_id, now, author, "stranded_lease_settled", lease_id.hex(), slot=row.slot, used=used)
    return row


def settle_what_is_over(session: Session, site_id: str, now: datetime) -> int:
    """Settles the stranded leases of slots that are over; returns how many."""
    over = [row for row in stranded(session, site_id) if _slot_of(session, row).ends_at <= now]
    for row in over:
        used = max(row.used if row.state == RECLAIMED else 0, units_with_tickets(session, site_id, row.lease_id))
        end(session, row, used, now)
        record(session, site_id, now, CENTRAL, "stranded_lease_settled", row.lease_id.hex(), slot=row.slot, used=used)
    return len(over)


def _slot_of(session: Session, row: LeaseRow) -> SlotRow:
    return session.get_one(SlotRow, (row.site_id, row.slot))


def _is_dead(session: Session, row: LeaseRow) -> bool:
    return row.epoch < session.get_one(TerminalRow, (row.site_id, row.terminal_id)).epoch
