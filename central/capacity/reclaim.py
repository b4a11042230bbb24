"""Places of terminals that are silent (design: sync.md, Leases).

Time alone returns nothing under STRICT. Under BOUNDED an operator accepts that so many places of a slot may be sold
twice; a late ticket on a reclaimed unit is honoured and charged: to a free place, else to the oversold count.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.audit.chain import CENTRAL, record
from central.capacity.policy import ReclaimPolicy
from central.storage.tables import LeaseRow, LeaseUnitRow, SlotRow
from central.storage.tables.capacity import OUTSTANDING, RECLAIMED

log = structlog.get_logger()


def reclaim_overdue(session: Session, site_id: str, policy: ReclaimPolicy, now: datetime) -> int:
    """Gives units of overdue leases free again, of slots that are not over, within the bound; returns how many."""
    if policy.bound < 1:
        return 0
    overdue = (
        select(LeaseRow)
        .join(SlotRow, (SlotRow.site_id == LeaseRow.site_id) & (SlotRow.slot == LeaseRow.slot))
        .where(LeaseRow.site_id == site_id, LeaseRow.state == OUTSTANDING, LeaseRow.booking_id == "")
        .where(LeaseRow.sell_until < now - policy.patience, SlotRow.ends_at > now)
        .order_by(LeaseRow.slot, LeaseRow.lease_id)
        .with_for_update(of=LeaseRow, skip_locked=True)  # its terminal is settling just now
    )
    return sum(_reclaim(session, row, policy.bound, now) for row in session.scalars(overdue).all())


def _reclaim(session: Session, row: LeaseRow, bound: int, now: datetime) -> int:
    slot = session.get_one(SlotRow, (row.site_id, row.slot), with_for_update=True)
    counted = select(func.count()).select_from(LeaseUnitRow).filter_by(site_id=row.site_id, lease_id=row.lease_id)
    known = session.scalar(counted) or 0
    back = row.units - known
    if slot.reclaimed + back > bound:
        return 0
    slot.outstanding -= row.units
    slot.sold += known
    slot.free += back
    slot.reclaimed += back
    row.state, row.used = RECLAIMED, known
    record(session, row.site_id, now, CENTRAL, "lease_reclaimed", row.lease_id.hex(), slot=row.slot, units=back)
    log.warning("lease_reclaimed", lease=row.lease_id.hex(), terminal=row.terminal_id, slot=row.slot, units=back)
    return back


def charge_late(slot: SlotRow, units: int) -> None:
    """Places that were sold after all, out of a lease that was taken back."""
    from_free = min(units, slot.free)
    slot.free -= from_free
    slot.sold += from_free
    slot.oversold += units - from_free
