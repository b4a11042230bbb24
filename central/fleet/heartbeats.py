"""What each terminal last told of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.storage.rows import insert_absent
from central.storage.tables import HeartbeatRow, TerminalRow
from central.storage.tables.fleet import QUARANTINED
from shared.domain.canonical import instant_text, parse_instant
from shared.wire.fleet import Heartbeat, TerminalStanding


@dataclass(frozen=True, slots=True)
class Heard:
    """A terminal's last heart-beat and when it came (UTC)."""

    terminal_id: str
    at: datetime
    beat: Heartbeat

    @property
    def clock_ahead(self) -> timedelta:
        """By how much the terminal's clock was before central's."""
        return parse_instant(self.beat.at) - self.at


def keep(session: Session, site_id: str, terminal_id: str, beat: Heartbeat, now: datetime) -> Heard:
    """Puts a heart-beat in the place of the one before. Receipts are not part of what is kept."""
    document = beat.model_copy(update={"receipts": []}).model_dump_json().encode()
    fresh = {"received_at": now, "document": document}
    if not insert_absent(session, HeartbeatRow, site_id=site_id, terminal_id=terminal_id, **fresh):
        row = session.get_one(HeartbeatRow, (site_id, terminal_id), with_for_update=True)
        row.received_at, row.document = now, document
    return Heard(terminal_id, now, beat)


def heard(session: Session, site_id: str) -> Sequence[Heard]:
    """The last heart-beats of all terminals that ever sent one."""
    rows = session.scalars(select(HeartbeatRow).filter_by(site_id=site_id).order_by(HeartbeatRow.terminal_id))
    return [_heard(row) for row in rows]


def fleet(session: Session, site_id: str, now: datetime, offline_after: timedelta) -> list[TerminalStanding]:
    """Every terminal of the site and how it is."""
    told = {each.terminal_id: each for each in heard(session, site_id)}
    rows = session.scalars(select(TerminalRow).filter_by(site_id=site_id).order_by(TerminalRow.terminal_id))
    return [_standing(row, told.get(row.terminal_id), now, offline_after) for row in rows]


def _heard(row: HeartbeatRow) -> Heard:
    return Heard(row.terminal_id, row.received_at, Heartbeat.model_validate_json(row.document))


def _standing(row: TerminalRow, last: Heard | None, now: datetime, offline_after: timedelta) -> TerminalStanding:
    return TerminalStanding(
        terminal_id=row.terminal_id,
        name=row.name,
        mode=row.mode,
        quarantined=row.state == QUARANTINED,
        online=last is not None and now - last.at <= offline_after,
        heard_at=instant_text(last.at) if last else None,
        clock_ahead_s=last.clock_ahead.total_seconds() if last else None,
        response_ms=last.beat.response_ms if last else None,
        condition=last.beat.condition if last else None,
    )
