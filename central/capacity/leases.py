"""Granting and settling leases. Each function is part of one transaction and keeps I1 (design: sync.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.bookings.collections import end_collection
from central.capacity.demand import recent_demand
from central.capacity.policy import LeasePolicy
from central.capacity.reclaim import charge_late
from central.fleet.terminals import Terminal
from central.refusal import RefusalError
from central.storage.tables import LeaseRow, LeaseUnitRow, SlotRow
from central.storage.tables.capacity import OUTSTANDING, RECLAIMED, SETTLED
from central.storage.tables.fleet import WINDOW
from shared.domain.capacity import Lease, SlotKey
from shared.security.keys import SigningKey
from shared.wire.lease import MAX_LEASE_UNITS, LeaseDenial, LeaseWish
from shared.wire.problem import Problem


@dataclass(frozen=True, slots=True)
class Grantor:
    """What every grant of a site has in common."""

    site_id: str
    policy: LeasePolicy
    price_version: str
    key: SigningKey
    ids: Callable[[int], bytes]

    def grant(self, session: Session, terminal: Terminal, wish: LeaseWish, now: datetime) -> Lease | LeaseDenial:
        """Moves free units of the slot into a new lease; fewer than wished when fewer are free.

        A window that names how many it needs gets them from the slot's reserve when too few are free.
        """
        slot = _locked_slot(session, self.site_id, wish.slot)
        if slot is None:
            return LeaseDenial(slot=wish.slot, reason="unknown_slot")
        if slot.ends_at <= now:
            return LeaseDenial(slot=wish.slot, reason="past")
        if terminal.mode == WINDOW and wish.units is not None:
            _draw_on_reserve(slot, wish.units)
        share = self._share(session, terminal, slot, now) if wish.units is None else wish.units
        units = min(share, slot.free, MAX_LEASE_UNITS)
        if units < 1:
            return LeaseDenial(slot=wish.slot, reason="full")
        slot.free -= units
        slot.outstanding += units
        row = self.row(terminal, slot, units, now)
        session.add(row)
        return self.signed(row, terminal, now)

    def _share(self, session: Session, terminal: Terminal, slot: SlotRow, now: datetime) -> int:
        product_id = SlotKey.parse(slot.slot).product_id
        demand = recent_demand(session, self.site_id, terminal.terminal_id, product_id, now, self.policy.recent)
        return self.policy.share(slot.capacity, slot.free, demand)

    def row(self, terminal: Terminal, slot: SlotRow, units: int, now: datetime, booking_id: str = "") -> LeaseRow:
        """A lease that is not stored yet. One of a booking lives as long as its slot."""
        ends = slot.ends_at if booking_id else min(now + self.policy.lifetime, slot.ends_at)
        return LeaseRow(
            site_id=self.site_id,
            lease_id=self.ids(8),
            terminal_id=terminal.terminal_id,
            epoch=terminal.epoch,
            slot=slot.slot,
            units=units,
            used=0,
            state=OUTSTANDING,
            granted_at=now,
            sell_until=ends,
            settled_at=None,
            price_version=self.price_version,
            booking_id=booking_id,
        )

    def signed(self, row: LeaseRow, terminal: Terminal, now: datetime) -> Lease:
        """The lease as sent at `now`: a repeated copy bears the time of its own sending, its end is unchanged."""
        lease = Lease(
            lease_id=row.lease_id,
            terminal_id=row.terminal_id,
            terminal_key_id=terminal.key.key_id,
            slot=SlotKey.parse(row.slot),
            units=row.units,
            epoch=row.epoch,
            granted_at=now,
            sell_until=row.sell_until,
            price_version=row.price_version,
            booking_id=row.booking_id,
        )
        return replace(lease, signature=self.key.sign(lease.signed_bytes()))


def unheld(session: Session, site_id: str, terminal: Terminal, holding: Collection[bytes]) -> Sequence[LeaseRow]:
    """The terminal's outstanding leases that it did not name: their answer was lost on the way."""
    query = select(LeaseRow).filter_by(
        site_id=site_id, terminal_id=terminal.terminal_id, state=OUTSTANDING, epoch=terminal.epoch
    )
    return [row for row in session.scalars(query) if row.lease_id not in holding]


def settle(session: Session, site_id: str, terminal: Terminal, lease_id: bytes, used: int, now: datetime) -> int:
    """Ends a lease with `used` of its units sold; returns how many came back. The same again changes nothing.

    Raises RefusalError for a lease that is not the terminal's, and for a number that tickets or an earlier settlement
    contradict.
    """
    row = session.get(LeaseRow, (site_id, lease_id), with_for_update=True)
    if row is None or row.terminal_id != terminal.terminal_id:
        raise RefusalError(Problem.UNKNOWN_LEASE)
    if row.state == SETTLED and row.used == used:
        return row.units - used
    if row.state == SETTLED or not units_with_tickets(session, site_id, lease_id) <= used <= row.units:
        raise RefusalError(Problem.WRONG_SETTLEMENT)
    end(session, row, used, now)
    return row.units - used


def end(session: Session, row: LeaseRow, used: int, now: datetime) -> None:
    """A locked lease is over: `used` of its units are sold, the others free again."""
    slot = session.get_one(SlotRow, (row.site_id, row.slot), with_for_update=True)
    if row.state == RECLAIMED:
        charge_late(slot, used - row.used)
    elif row.booking_id:
        end_collection(session, row, used)
    else:
        slot.outstanding -= row.units
        slot.sold += used
        slot.free += row.units - used
    row.state, row.used, row.settled_at = SETTLED, used, now


def units_with_tickets(session: Session, site_id: str, lease_id: bytes) -> int:
    """How many units of a lease have a ticket here."""
    query = select(func.count()).select_from(LeaseUnitRow).filter_by(site_id=site_id, lease_id=lease_id)
    return session.scalar(query) or 0


def _locked_slot(session: Session, site_id: str, slot: str) -> SlotRow | None:
    return session.get(SlotRow, (site_id, slot), with_for_update=True)


def _draw_on_reserve(slot: SlotRow, units: int) -> None:
    lacking = min(max(0, units - slot.free), slot.buffer)
    slot.buffer -= lacking
    slot.free += lacking
