"""Refunds as their events tell them. A sale's total stays what it was: what goes back is counted beside it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from central.ingest.misfit import MisfitError
from central.storage.tables import ClaimRow, RefundRow, SaleRow
from shared.domain import refund as ev
from shared.domain.journal import JournalEvent

QUEUED = "queued"


def apply_refund(
    session: Session, site_id: str, row: JournalEvent, refund_id: str, sale_id: str, event: ev.RefundEvent
) -> None:
    """Folds one refund event into the tables. Raises MisfitError, with nothing written, when it contradicts them."""
    sale = session.get(SaleRow, (site_id, sale_id))
    if sale is None or sale.terminal_id != row.terminal_id:
        raise MisfitError("unknown_sale")
    refund = session.get(RefundRow, (site_id, refund_id))
    if refund is None:
        if not isinstance(event, ev.RefundQueued | ev.RefundOpened):
            raise MisfitError("unknown_refund")
        refund = _begun(site_id, refund_id, sale_id, event)
        session.add(refund)
    match event:
        case ev.RefundOpened():
            _open(refund, event)
        case ev.RefundClaimIssued(code, reason):
            claim = ClaimRow(site_id=site_id, subject=refund_id, sale_id=sale_id, code=code, reason=reason)
            session.add(claim)
        case ev.RefundClosed(outcome):
            refund.outcome = outcome
        case _:  # requests, answers and prints on the way
            pass


def _begun(site_id: str, refund_id: str, sale_id: str, event: ev.RefundQueued | ev.RefundOpened) -> RefundRow:
    return RefundRow(
        site_id=site_id,
        refund_id=refund_id,
        sale_id=sale_id,
        kind=event.kind,
        value_minor=0,
        fee_minor=0,
        credited_minor=0,
        approved_by=event.approved_by,
        reason=event.reason,
        outcome=QUEUED,
    )


def _open(refund: RefundRow, event: ev.RefundOpened) -> None:
    refund.value_minor = sum(ticket.value.minor for ticket in event.tickets)
    refund.fee_minor = sum(ticket.fee.minor for ticket in event.tickets)
    refund.credited_minor = event.credited.minor
    refund.outcome = ""
