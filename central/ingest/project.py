"""From an event to the projections; what does not fit becomes a row of the exceptions list."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from central.ingest.misfit import MisfitError
from central.ingest.sales import apply
from central.storage.tables import ExceptionRow
from shared.domain.journal import JournalEvent
from shared.domain.sale_codec import SALE_EVENT_TYPES, decode

log = structlog.get_logger()
_LONGEST_DETAIL = 300


def project(session: Session, site_id: str, event: JournalEvent, now: datetime) -> str:
    """Folds one event in; returns the kind of the exception it raised, empty when it fits or is not known here."""
    if event.type not in SALE_EVENT_TYPES:
        return ""
    try:
        with session.begin_nested():
            _apply(session, site_id, event, now)
    except MisfitError as error:
        return _flag(session, site_id, event, now, error.kind, str(error))
    except (DataError, IntegrityError, OverflowError) as error:
        return _flag(session, site_id, event, now, "impossible_value", type(error).__name__)
    return ""


def _apply(session: Session, site_id: str, event: JournalEvent, now: datetime) -> None:
    sale_id = event.body.get("sale_id")
    if not isinstance(sale_id, str) or not 0 < len(sale_id) <= 120:
        raise MisfitError("unreadable", "field 'sale_id'")
    try:
        sale_event = decode(event.type, event.body)
    except ValueError as error:
        raise MisfitError("unreadable", str(error)) from error
    apply(session, site_id, event, sale_id, sale_event, now)
    session.flush()


def _flag(session: Session, site_id: str, event: JournalEvent, now: datetime, kind: str, detail: str) -> str:
    log.warning("event_flagged", terminal=event.terminal_id, seq=event.seq, type=event.type, kind=kind)
    session.add(
        ExceptionRow(
            site_id=site_id,
            terminal_id=event.terminal_id,
            epoch=event.epoch,
            seq=event.seq,
            kind=kind,
            detail=detail[:_LONGEST_DETAIL],
            raised_at=now,
            settled_at=None,
        )
    )
    return kind
