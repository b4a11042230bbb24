"""The exceptions list: what supervisors see, and the ways to settle each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.audit.chain import record
from central.ingest.misfit import MisfitError
from central.ingest.project import fold
from central.refusal import RefusalError
from central.storage.tables import ExceptionRow, JournalRow
from shared.domain.journal import JournalEvent
from shared.wire.problem import Problem
from shared.wire.supervision import ExceptionSettlement

Found = tuple[ExceptionRow, str]


def open_exceptions(session: Session, site_id: str, limit: int) -> Sequence[Found]:
    """The oldest open ones, each with the type of its event."""
    same = (
        (JournalRow.site_id == ExceptionRow.site_id)
        & (JournalRow.terminal_id == ExceptionRow.terminal_id)
        & (JournalRow.epoch == ExceptionRow.epoch)
        & (JournalRow.seq == ExceptionRow.seq)
    )
    query = (
        select(ExceptionRow, JournalRow.type)
        .join(JournalRow, same)
        .where(ExceptionRow.site_id == site_id, ExceptionRow.settled_at.is_(None))
        .order_by(ExceptionRow.raised_at, ExceptionRow.terminal_id, ExceptionRow.epoch, ExceptionRow.seq)
    )
    return [(row, kind) for row, kind in session.execute(query.limit(limit))]


def settle_exception(
    session: Session, site_id: str, key: tuple[str, int, int], settlement: ExceptionSettlement, now: datetime
) -> None:
    """A person settles one; `retried` folds its event in again. Raises RefusalError, with nothing changed.

    `key` is terminal, epoch and number of the event.
    """
    row = session.get(ExceptionRow, (site_id, *key), with_for_update=True)
    if row is None or row.settled_at is not None:
        raise RefusalError(Problem.UNKNOWN_EXCEPTION)
    if settlement.how == "retried":
        _retry(session, site_id, key, now)
    row.settled_at, row.settled_by = now, settlement.author
    row.settled_how, row.note = settlement.how, settlement.note
    subject = f"{key[0]}/{key[1]}/{key[2]}"
    record(session, site_id, now, settlement.author, "exception_settled", subject, kind=row.kind, how=settlement.how)


def _retry(session: Session, site_id: str, key: tuple[str, int, int], now: datetime) -> None:
    try:
        fold(session, site_id, _event(session.get_one(JournalRow, (site_id, *key))), now)
    except MisfitError as error:
        raise RefusalError(Problem.STILL_UNFIT, error.kind) from error


def _event(row: JournalRow) -> JournalEvent:
    return JournalEvent(
        terminal_id=row.terminal_id,
        epoch=row.epoch,
        seq=row.seq,
        previous_hash=row.previous_hash,
        at=row.at,
        type=row.type,
        schema=row.schema,
        body=json.loads(row.body),
        hash=row.hash,
        signature=row.signature,
    )
