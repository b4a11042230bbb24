"""From an event to the projections; what does not fit becomes a row of the exceptions list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy.event import listen, remove
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from central.ingest.misfit import MisfitError
from central.ingest.refunds import apply_refund
from central.ingest.sales import WITHOUT_EFFECT, apply
from central.ingest.shifts import apply_shift
from central.storage.tables import ExceptionRow
from shared.domain.cash_upkeep import CashDiscrepancy
from shared.domain.journal import JournalEvent
from shared.domain.refund_codec import REFUND
from shared.domain.sale_codec import SALE_EVENT_TYPES, decode
from shared.domain.shift.codec import SHIFT

log = structlog.get_logger()
_LONGEST_DETAIL = 300
_CONTRADICTIONS = (DataError, IntegrityError, OverflowError)
Decoded = TypeVar("Decoded")


def project(session: Session, site_id: str, events: Sequence[JournalEvent], now: datetime) -> Mapping[int, str]:
    """Folds events in, in order; returns the kinds of the exceptions they raised, by their numbers.

    All at once first, for nearly always they fit; where one does not, each for itself, so that it stops no other.
    """
    try:
        with _remembering(session), _undone_if_it_fails(session):
            remarks = [(event, fold(session, site_id, event, now)) for event in events]
    except (MisfitError, *_CONTRADICTIONS):
        kinds = [(event, _alone(session, site_id, event, now)) for event in events]
        return {event.seq: kind for event, kind in kinds if kind}
    return {event.seq: _flag(session, site_id, event, now, remark, "") for event, remark in remarks if remark}


def _alone(session: Session, site_id: str, event: JournalEvent, now: datetime) -> str:
    try:
        with _undone_if_it_fails(session):
            remark = fold(session, site_id, event, now)
    except MisfitError as error:
        return _flag(session, site_id, event, now, error.kind, str(error))
    except _CONTRADICTIONS as error:
        return _flag(session, site_id, event, now, "impossible_value", type(error).__name__)
    return _flag(session, site_id, event, now, remark, "") if remark else ""


@contextmanager
def _remembering(session: Session) -> Iterator[None]:
    """Rows that were read or written stay known: the events of one sale come together."""
    kept: list[object] = []

    def keep(_session: Session, row: object) -> None:
        kept.append(row)

    moments = ("loaded_as_persistent", "pending_to_persistent")
    for moment in moments:
        listen(session, moment, keep)
    try:
        yield
    finally:
        for moment in moments:
            remove(session, moment, keep)


@contextmanager
def _undone_if_it_fails(session: Session) -> Iterator[None]:
    """A savepoint, after whose end in failure the session believes nothing that it read within."""
    try:
        with session.begin_nested():
            yield
    except (MisfitError, *_CONTRADICTIONS):
        session.expire_all()  # a row written and read again within would else seem to be there
        raise


def fold(session: Session, site_id: str, event: JournalEvent, now: datetime) -> str:
    """Folds one event in; returns a remark for a person, mostly empty. An unknown type changes nothing.

    Raises MisfitError when the event contradicts what is known; the caller takes back what was written.
    """
    remark = ""
    if event.type in REFUND.types:
        refund_id, sale_id = _name(event, "refund_id"), _name(event, "of_sale")
        apply_refund(session, site_id, event, refund_id, sale_id, _decoded(event, REFUND.decode))
    elif event.type in SALE_EVENT_TYPES:
        sale_id, told = _name(event, "sale_id"), _decoded(event, decode)
        if not isinstance(told, WITHOUT_EFFECT):
            remark = apply(session, site_id, event, sale_id, told, now)
    elif event.type in SHIFT.types:
        apply_shift(session, site_id, event, _decoded(event, SHIFT.decode))
    elif event.type == CashDiscrepancy.type:
        remark = "cash_discrepancy"  # book and device differ: a person looks, whatever else is in the event
    else:
        return ""
    if session.new:  # a row that is not written is not found by the next event; a change of one may wait
        session.flush()
    return remark


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
