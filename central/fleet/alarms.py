"""Alarms: raised once when a threshold is passed, cleared once when it holds again, both in the audit chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.audit.chain import CENTRAL, record
from central.fleet.heartbeats import Heard, heard
from central.fleet.thresholds import FAILED_SALES_OVER, Passed, SalesCount, Thresholds
from central.storage.rows import insert_absent
from central.storage.tables import AlarmRow, SaleRow
from shared.domain.canonical import instant_text
from shared.wire.fleet import AlarmDocument

log = structlog.get_logger()
_DONE, _FAILED = "done", "claim"  # a claim: paid, and a person must finish it


def watch(session: Session, site_id: str, thresholds: Thresholds, now: datetime) -> None:
    """Raises and clears the alarms of every terminal that ever sent a heart-beat."""
    watch_these(session, site_id, heard(session, site_id), thresholds, now)


def watch_these(session: Session, site_id: str, told: Iterable[Heard], thresholds: Thresholds, now: datetime) -> None:
    """Raises and clears the alarms of these terminals."""
    for each in told:
        sales = _sales(session, site_id, each.terminal_id, now)
        _compare(session, site_id, each.terminal_id, thresholds.passed(each, sales, now), now)


def alarms(session: Session, site_id: str, limit: int, *, also_cleared: bool) -> list[AlarmDocument]:
    """Open alarms, the newest first; on request those that are cleared too."""
    query = select(AlarmRow).filter_by(site_id=site_id)
    if not also_cleared:
        query = query.where(AlarmRow.cleared_at.is_(None))
    query = query.order_by(AlarmRow.raised_at.desc(), AlarmRow.terminal_id, AlarmRow.kind, AlarmRow.subject)
    return [_document(row) for row in session.scalars(query.limit(limit))]


def _compare(session: Session, site_id: str, terminal_id: str, passed: Passed, now: datetime) -> None:
    rows: Sequence[AlarmRow] = session.scalars(
        select(AlarmRow).filter_by(site_id=site_id, terminal_id=terminal_id).with_for_update()
    ).all()
    known = {(row.kind, row.subject): row for row in rows}
    for (kind, subject), detail in passed.items():
        row = known.get((kind, subject))
        if row is None or row.cleared_at is not None:
            _raise(session, AlarmRow(site_id=site_id, terminal_id=terminal_id, kind=kind, subject=subject), detail, now)
    for row in rows:
        if row.cleared_at is None and (row.kind, row.subject) not in passed:
            row.cleared_at = now
            _tell(session, row, "alarm_cleared", now)


def _raise(session: Session, wanted: AlarmRow, detail: str, now: datetime) -> None:
    """A new row, or the one of the last time open again."""
    key = {"site_id": wanted.site_id, "terminal_id": wanted.terminal_id, "kind": wanted.kind, "subject": wanted.subject}
    if not insert_absent(session, AlarmRow, **key, detail=detail, times=1, raised_at=now, cleared_at=None):
        row = session.get_one(AlarmRow, tuple(key.values()), with_for_update=True)
        if row.cleared_at is None:
            return  # somebody else raised it just now
        row.detail, row.raised_at, row.cleared_at, row.times = detail, now, None, row.times + 1
    _tell(session, wanted, "alarm_raised", now)


def _tell(session: Session, row: AlarmRow, action: str, now: datetime) -> None:
    log.warning(action, terminal=row.terminal_id, kind=row.kind, subject=row.subject)
    record(session, row.site_id, now, CENTRAL, action, row.terminal_id, kind=row.kind, of=row.subject)


def _sales(session: Session, site_id: str, terminal_id: str, now: datetime) -> SalesCount:
    """The terminal's finished sales of the last day, by its own clock (instants compare as text)."""
    query = (
        select(SaleRow.outcome, func.count())
        .where(
            SaleRow.site_id == site_id,
            SaleRow.opened_at >= instant_text(now - FAILED_SALES_OVER),
            SaleRow.terminal_id == terminal_id,
            SaleRow.outcome.in_((_DONE, _FAILED)),
        )
        .group_by(SaleRow.outcome)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in session.execute(query)}
    return SalesCount(sum(counts.values()), counts.get(_FAILED, 0))


def _document(row: AlarmRow) -> AlarmDocument:
    return AlarmDocument.model_validate(
        {
            "terminal_id": row.terminal_id,
            "kind": row.kind,
            "subject": row.subject,
            "detail": row.detail,
            "times": row.times,
            "raised_at": instant_text(row.raised_at),
            "cleared_at": instant_text(row.cleared_at) if row.cleared_at else None,
        }
    )
