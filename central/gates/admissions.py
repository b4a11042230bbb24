"""Scans as gates tell them: each kept once, the first one published, a second one of a ticket brought to a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from central.audit.chain import CENTRAL, record
from central.feed.entries import publish
from central.storage.rows import insert_absent
from central.storage.tables import AdmissionRow, FeedRow, TicketRow
from central.storage.tables.sales import ENDED
from shared.wire.gate import Admission, AdmissionResult

log = structlog.get_logger()
FEED_KIND = "admitted"
TOLD_FOR = timedelta(days=7)  # a terminal that begins anew reads all of them


def admit(session: Session, site_id: str, scan: Admission, told_by: str, now: datetime) -> AdmissionResult:
    """Keeps a scan. What it contradicts (another scan, a refund) stands beside it and is told."""
    before = session.scalar(select(AdmissionRow.gate).filter_by(site_id=site_id, ticket_id=scan.ticket_id).limit(1))
    is_new = insert_absent(
        session,
        AdmissionRow,
        site_id=site_id,
        ticket_id=scan.ticket_id,
        gate=scan.gate,
        at=scan.at,
        lease_id=bytes.fromhex(scan.lease_id),
        k=scan.k,
        received_at=now,
        told_by=told_by,
    )
    if not is_new:
        return AdmissionResult(ticket_id=scan.ticket_id, outcome="duplicate")
    if before is not None:
        record(session, site_id, now, CENTRAL, "admitted_again", scan.ticket_id, gate=scan.gate, before=before)
        log.warning("ticket_admitted_again", gate=scan.gate, before=before)
        return AdmissionResult(ticket_id=scan.ticket_id, outcome="again")
    ticket = session.get(TicketRow, (site_id, scan.ticket_id))
    if ticket is not None and ticket.state == ENDED:
        record(session, site_id, now, CENTRAL, "admitted_after_refund", scan.ticket_id, gate=scan.gate)
    entry = {"ticket_id": scan.ticket_id, "at": scan.at, "gate": scan.gate}
    publish(session, site_id, FEED_KIND, scan.ticket_id, entry)
    return AdmissionResult(ticket_id=scan.ticket_id, outcome="stored")


def forget_old_admissions(session: Session, site_id: str, now: datetime) -> None:
    """Takes those out of the feed whose tickets nobody gives back any more; the scans themselves stay."""
    old = select(AdmissionRow.ticket_id).where(
        AdmissionRow.site_id == site_id, AdmissionRow.received_at < now - TOLD_FOR
    )
    session.execute(
        delete(FeedRow).where(FeedRow.site_id == site_id, FeedRow.kind == FEED_KIND, FeedRow.subject.in_(old))
    )
