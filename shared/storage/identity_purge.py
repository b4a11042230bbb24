"""Deleting document numbers past their date, with a proof in the journal's chain that outlives them.

The proof names no row: it holds how many there were and a hash over their names, which anyone can compute again from
the rows the journal says were stored. What is deleted is overwritten with zeros (`PRAGMA secure_delete`), and the
write-ahead log is emptied. Backups made before still hold it: there, erasing the data key makes it unreadable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, select

from shared.domain.canonical import canonical
from shared.security.fields import RecordId
from shared.storage import journal
from shared.storage.identity import row_id
from shared.storage.journal import Pen
from shared.storage.tables import protected_number

PURGED = "identity.purged"

PurgeReason = Literal["due", "released"]


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted: `due` on a day, or `released` with a sale; `subject` is that date or sale id.

    `proof` is SHA-256 over the names of the rows, `key_versions` what they were protected by.
    """

    reason: PurgeReason
    subject: str
    count: int
    proof: str
    key_versions: tuple[int, ...]

    def to_body(self) -> Mapping[str, object]:
        """The body of the journal's event."""
        return {
            "reason": self.reason,
            "subject": self.subject,
            "count": self.count,
            "proof": self.proof,
            "key_versions": list(self.key_versions),
        }


def proof_of(records: Iterable[RecordId]) -> str:
    """64 hex digits of SHA-256 over the canonical JSON of the rows' names, in order of name."""
    names = sorted((record.sale_id, record.ticket_index, record.purpose) for record in records)
    return hashlib.sha256(canonical([row_id(RecordId(*name)) for name in names])).hexdigest()


def purge_due(connection: Connection, pen: Pen, at: datetime, today: date) -> Purged | None:
    """Deletes what may not be kept on `today` any more; None when there is nothing."""
    day = today.isoformat()
    return _purge(connection, pen, at, ("due", day), protected_number.c.purge_after < day)


def purge_released(connection: Connection, pen: Pen, at: datetime, sale_id: str) -> Purged | None:
    """Deletes the numbers of a sale that came to nothing; None when it had none."""
    return _purge(connection, pen, at, ("released", sale_id), protected_number.c.sale_id == sale_id)


def _purge(
    connection: Connection, pen: Pen, at: datetime, why: tuple[PurgeReason, str], which: ColumnElement[bool]
) -> Purged | None:
    row = protected_number.c
    columns = select(row.sale_id, row.ticket_index, row.purpose, row.key_version)
    rows = connection.execute(columns.where(which)).all()
    if not rows:
        return None
    records = [RecordId(found.sale_id, found.ticket_index, found.purpose) for found in rows]
    purged = Purged(*why, len(rows), proof_of(records), tuple(sorted({found.key_version for found in rows})))
    connection.execute(protected_number.delete().where(which))
    journal.append(connection, pen, at, PURGED, purged.to_body())
    return purged
