"""Tickets, and the rule that one place of a lease has one live ticket."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.capacity.reclaim import charge_late
from central.ingest.misfit import MisfitError
from central.storage.tables import LeaseRow, LeaseUnitRow, SaleRow, SlotRow, TicketRow
from central.storage.tables.capacity import RECLAIMED, SETTLED
from central.storage.tables.sales import ENDED, LIVE, VOIDED
from shared.domain.sale import TicketSigned, TicketVoided


def sign_ticket(session: Session, sale: SaleRow, event: TicketSigned) -> str:
    """Adds a live ticket on its place. A reissue takes the place over from the ticket that it replaces.

    Returns a remark when the ticket stands and a person should know of it all the same.
    """
    if sale.paid_attempt is None:
        raise MisfitError("ticket_unpaid")
    if session.get(TicketRow, (sale.site_id, event.ticket_id)) is not None:
        raise MisfitError("ticket_signed_twice")
    lease = _lease_of(session, sale, event)
    unit = session.get(LeaseUnitRow, (sale.site_id, lease.lease_id, event.unit.k))
    remark = ""
    if unit is None:
        _refuse_beyond_settlement(session, lease)
        remark = _charge_when_reclaimed(session, lease)
    elif unit.ticket_id != event.replaces:
        raise MisfitError("place_taken", f"unit {event.unit.k} has a ticket")
    elif session.get_one(TicketRow, (sale.site_id, unit.ticket_id)).state == ENDED:
        raise MisfitError("place_given_up", f"unit {event.unit.k} was refunded or exchanged")
    session.add(_row(sale, event))
    session.flush()
    _give_place(session, lease, unit, event)
    return remark


def _charge_when_reclaimed(session: Session, lease: LeaseRow) -> str:
    """A late ticket of a lease that was taken back is honoured (design: sync.md, Conflicts)."""
    if lease.state != RECLAIMED:
        return ""
    slot = session.get_one(SlotRow, (lease.site_id, lease.slot), with_for_update=True)
    before = slot.oversold
    charge_late(slot, 1)
    lease.used += 1
    return "oversold_after_reclaim" if slot.oversold > before else "late_after_reclaim"


def _give_place(session: Session, lease: LeaseRow, unit: LeaseUnitRow | None, event: TicketSigned) -> None:
    if unit is None:
        session.add(
            LeaseUnitRow(site_id=lease.site_id, lease_id=lease.lease_id, k=event.unit.k, ticket_id=event.ticket_id)
        )
        return
    session.get_one(TicketRow, (lease.site_id, unit.ticket_id)).state = VOIDED
    unit.ticket_id = event.ticket_id


def void_ticket(session: Session, sale: SaleRow, event: TicketVoided) -> None:
    """The ticket opens nothing any more. Its place waits for the ticket that replaces it, or is given up for good."""
    ticket = session.get(TicketRow, (sale.site_id, event.ticket_id))
    if ticket is None or ticket.sale_id != sale.sale_id:
        raise MisfitError("unknown_ticket")
    if event.document_id and ticket.state != LIVE:
        raise MisfitError("ended_twice", "the first in central's order counts")
    ticket.state = ENDED if event.document_id else VOIDED


def _lease_of(session: Session, sale: SaleRow, event: TicketSigned) -> LeaseRow:
    lease = session.get(LeaseRow, (sale.site_id, event.unit.lease_id), with_for_update=True)
    if lease is None or lease.terminal_id != sale.terminal_id or lease.slot != sale.slot:
        raise MisfitError("unknown_lease")
    if not 1 <= event.unit.k <= lease.units:
        raise MisfitError("beyond_lease", f"unit {event.unit.k} of {lease.units}")
    return lease


def _refuse_beyond_settlement(session: Session, lease: LeaseRow) -> None:
    query = select(func.count()).select_from(LeaseUnitRow).filter_by(site_id=lease.site_id, lease_id=lease.lease_id)
    if lease.state == SETTLED and (session.scalar(query) or 0) >= lease.used:
        raise MisfitError("beyond_settlement", f"{lease.used} units were settled")


def _row(sale: SaleRow, event: TicketSigned) -> TicketRow:
    return TicketRow(
        site_id=sale.site_id,
        ticket_id=event.ticket_id,
        sale_id=sale.sale_id,
        product_id=event.product_id,
        category_id=event.category_id,
        state=LIVE,
        replaces=event.replaces,
    )
