"""Writing and reading the change feed.

A number is taken by updating one row, which stays locked until the commit: a reader can never see a number before
a smaller one that commits later, as it would with a bare auto-increment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from central.storage.sequences import next_number
from central.storage.tables import FeedRow, SequencerRow
from shared.domain.canonical import canonical, instant_text
from shared.wire.feed import FeedEntry, FeedPage

_SEQUENCE = "feed"
_ENTRY: TypeAdapter[FeedEntry] = TypeAdapter(FeedEntry)


def publish(session: Session, site_id: str, kind: str, subject: str, entry: Mapping[str, object]) -> None:
    """Puts an entry (without `cursor` and `kind`) at the end, in place of the older one of its kind and subject.

    What says the same as before is not published again.
    """
    document = canonical({"kind": kind, **entry})
    row = session.get(FeedRow, (site_id, kind, subject))
    if row is not None and row.document == document:
        return
    cursor = next_number(session, site_id, _SEQUENCE)  # from here on nobody else publishes
    if row is None:
        row = session.get(FeedRow, (site_id, kind, subject))
    if row is None:
        session.add(FeedRow(site_id=site_id, kind=kind, subject=subject, cursor=cursor, document=document))
    else:
        row.cursor, row.document = cursor, document


def withdraw(session: Session, site_id: str, kind: str, subjects: Sequence[str]) -> None:
    """Takes entries out that are true no longer; a terminal that has them finds out by the time they bear."""
    session.execute(
        delete(FeedRow).where(FeedRow.site_id == site_id, FeedRow.kind == kind, FeedRow.subject.in_(subjects))
    )


def page(session: Session, site_id: str, after: int, limit: int, now: datetime) -> FeedPage:
    """The entries after a cursor. One that central never gave out (its data is another) begins at the start."""
    sequence = session.get(SequencerRow, (site_id, _SEQUENCE))
    last = sequence.last if sequence else 0
    start = after if after <= last else 0
    query = select(FeedRow).where(FeedRow.site_id == site_id, FeedRow.cursor > start).order_by(FeedRow.cursor)
    rows = session.scalars(query.limit(limit + 1)).all()
    more = len(rows) > limit
    entries = [_ENTRY.validate_python({**json.loads(row.document), "cursor": row.cursor}) for row in rows[:limit]]
    cursor = entries[-1].cursor if more else last
    return FeedPage(entries=entries, cursor=cursor, more=more, now=instant_text(now))
