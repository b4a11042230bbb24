"""Entries against capacity, by slot."""

from __future__ import annotations

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import Session

from central.reports.period import Period
from central.storage.tables import AdmissionRow, SaleRow, SlotRow, TicketRow
from central.storage.tables.sales import LIVE
from shared.wire.report import EntryLine


def entries(session: Session, site_id: str, within: Period) -> list[EntryLine]:
    """The slots that start in the period. A ticket scanned twice is one entry."""
    tickets, admitted = (
        _tickets(session, site_id, within, entered=False),
        _tickets(session, site_id, within, entered=True),
    )
    rows = session.scalars(select(SlotRow).where(*_chosen(site_id, within)).order_by(SlotRow.starts_at, SlotRow.slot))
    return [
        EntryLine(
            slot=row.slot,
            capacity=row.capacity,
            tickets=tickets.get(row.slot, 0),
            entries=admitted.get(row.slot, 0),
        )
        for row in rows
    ]


def _tickets(session: Session, site_id: str, within: Period, *, entered: bool) -> dict[str, int]:
    """Live tickets by slot; `entered`: those let in, also if they were ended since."""
    query = (
        select(SaleRow.slot, func.count(distinct(TicketRow.ticket_id)))
        .join(SlotRow, (SlotRow.site_id == SaleRow.site_id) & (SlotRow.slot == SaleRow.slot))
        .join(TicketRow, (TicketRow.site_id == SaleRow.site_id) & (TicketRow.sale_id == SaleRow.sale_id))
        .where(*_chosen(site_id, within))
        .group_by(SaleRow.slot)
    )
    if entered:
        scanned = (AdmissionRow.site_id == TicketRow.site_id) & (AdmissionRow.ticket_id == TicketRow.ticket_id)
        query = query.join(AdmissionRow, scanned)
    else:
        query = query.where(TicketRow.state == LIVE)
    return {row[0]: row[1] for row in session.execute(query)}


def _chosen(site_id: str, within: Period) -> tuple[ColumnElement[bool], ...]:
    return SlotRow.site_id == site_id, SlotRow.starts_at >= within.begin, SlotRow.starts_at < within.end
