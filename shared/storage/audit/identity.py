"""Whose file it is: the epochs as they are declared, the enrolment, and what central has acknowledged."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from shared.domain.journal import HashProfile
from shared.security.keys import PublicKey
from shared.storage.audit.verdict import BrokenError, require, rows

_EPOCHS = "SELECT epoch, terminal_id, profile, public_key FROM epoch ORDER BY epoch"
_ENROLMENT = "SELECT value FROM fact WHERE name = 'enrolment'"
_UPLOADS = """SELECT epoch, through, (SELECT coalesce(max(seq), 0) FROM journal WHERE journal.epoch = upload.epoch)
              FROM upload ORDER BY epoch"""


@dataclass(frozen=True, slots=True)
class Epoch:
    """Whose an epoch is: `key` is the raw public key that its rows are signed with, None when nobody knows it."""

    number: int
    terminal_id: str
    profile: HashProfile
    key: bytes | None


def epochs_in(connection: sqlite3.Connection, key: PublicKey | None) -> dict[int, Epoch]:
    """The epochs as the file declares them. Raises BrokenError when the last one is not of the key that is given."""
    declared = {row[0]: Epoch(*row) for row in rows(connection, "epoch", _EPOCHS)}
    if key is None or not declared:
        return declared
    last = declared[max(declared)]
    require(last.key in (None, key.raw), "epoch", str(last.number), "is of another key than the one given")
    return {number: replace(each, key=each.key or key.raw) for number, each in declared.items()}


def central_of(connection: sqlite3.Connection, epochs: Mapping[int, Epoch]) -> PublicKey | None:
    """Central's key, as the enrolment names it. Raises BrokenError when the enrolment is not of these epochs."""
    row = connection.execute(_ENROLMENT).fetchone()
    if row is None:
        return None
    try:
        fact = json.loads(row[0])
        epoch, terminal_id, central = int(fact["epoch"]), fact["terminal_id"], bytes.fromhex(fact["central"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenError("fact", "enrolment", "is no enrolment") from error
    require(epoch >= max(epochs, default=0), "fact", "enrolment", "is of an earlier epoch than the journal")
    same = epoch not in epochs or epochs[epoch].terminal_id == terminal_id
    require(same, "fact", "enrolment", "is of another terminal than the journal")
    return PublicKey(central)


def check_acknowledged(connection: sqlite3.Connection) -> None:
    """Raises BrokenError when central has acknowledged rows that are not there: the end of the journal is cut off."""
    for epoch, through, last in rows(connection, "upload", _UPLOADS):
        require(through <= last, "journal", (epoch, last + 1), "is missing: central has acknowledged it")
