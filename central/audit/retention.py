"""How long the audit chain is kept: 180 days at the least, whatever is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from central.storage.tables import AuditAnchorRow, AuditRow

LEAST_DAYS = 180


def purge(session: Session, site_id: str, now: datetime, days: int) -> int:
    """Drops entries older than `days`, from the oldest on, up to the first that is younger; returns how many.

    The newest entry stays in any case. The anchor keeps the hash that the rest of the chain continues.
    """
    before = now - timedelta(days=max(days, LEAST_DAYS))
    mine = AuditRow.site_id == site_id
    kept = session.scalar(select(AuditRow.number).where(mine, AuditRow.at >= before).order_by(AuditRow.number).limit(1))
    newest = session.scalar(select(AuditRow.number).where(mine).order_by(AuditRow.number.desc()).limit(1))
    last = (kept or newest or 1) - 1
    anchor = session.get(AuditRow, (site_id, last))
    if anchor is None:
        return 0
    session.merge(AuditAnchorRow(site_id=site_id, number=last, hash=anchor.hash))
    first = session.scalar(select(AuditRow.number).where(mine).order_by(AuditRow.number).limit(1)) or last
    session.execute(
        delete(AuditRow).where(mine, AuditRow.number <= last).execution_options(synchronize_session="fetch")
    )
    return last - first + 1
