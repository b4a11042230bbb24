"""From an event to the projections; what does not fit becomes a row of the exceptions list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from central.ingest.misfit import MisfitError
from central.ingest.refunds import apply_refund
from central.ingest.sales import apply
from central.storage.tables import ExceptionRow
from shared.domain.journal import JournalEvent
from shared.domain.refund_codec import REFUND
from shared.domain.sale_codec import SALE_EVENT_TYPES, decode

log = structlog.get_logger()
_LONGEST_DETAIL = 300
Decoded = TypeVar("Decoded")


def project(session: Session, site_id: str, event: JournalEvent, now: datetime) -> str:
    """Folds one event in; returns the kind of the exception it raised, empty when it fits or is not known here."""
    if event.type not in SALE_EVENT_TYPES | REFUND.types:
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
    if event.type in REFUND.types:
        refund_id, sale_id = _name(event, "refund_id"), _name(event, "of_sale")
        apply_refund(session, site_id, event, refund_id, sale_id, _decoded(event, REFUND.decode))
    else:
        apply(session, site_id, event, _name(event, "sale_id"), _decoded(event, decode), now)
    session.flush()


def _name(event: JournalEvent, field: str) -> str:
    name = event.body.get(field)
    if not isinstance(name, str) or not 0 < len(name) <= 120:
        raise MisfitError("unreadable", f"field {field!r}")
    return name


def _decoded(event: JournalEvent, read: Callable[[str, Mapping[str, object]], Decoded]) -> Decoded:
    try:
        return read(event.type, event.body)
    except ValueError as error:
        raise MisfitError("unreadable", str(error)) from error


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
