"""What is known of one ticket, and having it open nothing any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.audit.chain import record
from central.feed.entries import publish
from central.refusal import RefusalError
from central.storage.tables import AdmissionRow, TicketRow
from central.storage.tables.sales import REVOKED
from shared.domain.canonical import instant_text
from shared.wire.gate import Revocation, TicketStanding
from shared.wire.problem import Problem


def standing(session: Session, site_id: str, ticket_id: str) -> TicketStanding:
    """Raises RefusalError for a ticket that no journal told of: its terminal may be without a line."""
    row = session.get(TicketRow, (site_id, ticket_id))
    if row is None:
        raise RefusalError(Problem.UNKNOWN_TICKET)
    query = select(AdmissionRow).filter_by(site_id=site_id, ticket_id=ticket_id).order_by(AdmissionRow.at)
    first = session.scalars(query.limit(1)).one_or_none()
    return TicketStanding.model_validate(
        {
            "ticket_id": ticket_id,
            "state": row.state,
            "product_id": row.product_id,
            "category_id": row.category_id,
            "admitted_at": first.at if first else "",
            "gate": first.gate if first else "",
        }
    )


def revoke(session: Session, site_id: str, ticket_id: str, revocation: Revocation, now: datetime) -> TicketStanding:
    """A person revokes a ticket; gates and terminals are told by the feed. Raises RefusalError."""
    row = session.get(TicketRow, (site_id, ticket_id), with_for_update=True)
    if row is None:
        raise RefusalError(Problem.UNKNOWN_TICKET)
    if row.state != REVOKED:
        record(session, site_id, now, revocation.author, "ticket_revoked", ticket_id, reason=revocation.reason)
    row.state = REVOKED
    publish(session, site_id, "revoked", ticket_id, {"ticket_id": ticket_id, "at": instant_text(now)})
    session.flush()
    return standing(session, site_id, ticket_id)
