"""Appending to the journal and reading it back: hashed, signed, without a gap."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, select

from shared.domain.canonical import canonical, instant_text
from shared.domain.journal import GENESIS, HashProfile, JournalEvent, event_hash
from shared.security.keys import SigningKey
from shared.storage.tables import journal

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes: the terminal, its epoch, the key that signs each row's hash, and how that hash is made."""

    terminal_id: str
    epoch: int
    key: SigningKey
    profile: HashProfile = "sha256"


# Built once: putting a statement together takes longer than running it.
_APPEND = journal.insert()
_HEAD = (
    select(journal.c.seq, journal.c.hash)
    .where(journal.c.epoch == bindparam("epoch"))
    .order_by(journal.c.seq.desc())
    .limit(1)
)


def append(
    connection: Connection, pen: Pen, at: datetime, type: str, body: Mapping[str, object], sale_id: str | None = None
) -> int:
    """Writes one row in the caller's transaction and returns its number. The body holds no floats."""
    return append_row(connection, pen, at, type, body, sale_id)[0]


def append_row(
    connection: Connection, pen: Pen, at: datetime, type: str, body: Mapping[str, object], sale_id: str | None = None
) -> tuple[int, bytes]:
    """As `append`; returns the row's number and hash."""
    seq, previous = _head(connection, pen.epoch)
    row, moment = {"sale_id": sale_id, **body} if sale_id else dict(body), instant_text(at)
    digest = event_hash(pen.terminal_id, pen.epoch, seq + 1, previous, moment, type, SCHEMA, row, pen.profile)
    values = {
        "epoch": pen.epoch,
        "seq": seq + 1,
        "previous_hash": previous,
        "hash": digest,
        "at": moment,
        "type": type,
        "schema": SCHEMA,
        "sale_id": sale_id,
        "body": canonical(row).decode(),
        "signature": pen.key.sign(digest),
    }
    connection.execute(_APPEND, values)
    return seq + 1, digest


def _head(connection: Connection, epoch: int) -> tuple[int, bytes]:
    row = connection.execute(_HEAD, {"epoch": epoch}).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def read_after(connection: Connection, pen: Pen, seq: int, limit: int) -> Sequence[JournalEvent]:
    """Rows of the pen's epoch above `seq`, in order."""
    query = select(journal).where(journal.c.epoch == pen.epoch, journal.c.seq > seq).order_by(journal.c.seq)
    return [_event(pen.terminal_id, row) for row in connection.execute(query.limit(limit))]


def _event(terminal_id: str, row: Row[tuple[object, ...]]) -> JournalEvent:
    return JournalEvent(
        terminal_id,
        row.epoch,
        row.seq,
        row.previous_hash,
        row.at,
        row.type,
        row.schema,
        json.loads(row.body),
        row.hash,
        row.signature,
    )
