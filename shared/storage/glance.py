"""What a terminal's file says of itself, read beside a terminal that sells: for the doctor."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from shared.errors import Fault, SurroundingsError
from shared.storage.health import storage_fault
from shared.storage.migrating import check_schema, open_read_only, revision_of

_FACT = "SELECT value FROM fact WHERE name = ?"
_OPEN_EPOCHS = "SELECT count(*) FROM epoch WHERE closed_because IS NULL"
_EPOCHS = "SELECT count(*) FROM epoch"


@dataclass(frozen=True, slots=True)
class Glance:
    """`rows` of the journal. `restored`: every epoch is closed, so the terminal must be enrolled anew.

    `enrolment` and `clock` are the facts of these names, None where they were never stored.
    """

    rows: int
    restored: bool
    enrolment: Mapping[str, object] | None
    clock: Mapping[str, object] | None


def glance(path: Path) -> Glance:
    """Looks at tables, pages and facts; the file is not changed. Raises SurroundingsError when it cannot be used."""
    try:
        with closing(open_read_only(path)) as connection:
            check_schema(connection, str(path))
            if revision_of(connection) is None:
                raise SurroundingsError(Fault.NOT_A_DATABASE, str(path))
            _check_pages(connection, path)
            return Glance(
                _count(connection, "SELECT count(*) FROM journal"),
                _count(connection, _EPOCHS) > 0 and _count(connection, _OPEN_EPOCHS) == 0,
                _fact(connection, "enrolment"),
                _fact(connection, "clock"),
            )
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise SurroundingsError(storage_fault(error) or Fault.NOT_A_DATABASE, str(path)) from error


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise SurroundingsError(Fault.NOT_A_DATABASE, str(path))


def _count(connection: sqlite3.Connection, query: str) -> int:
    (count,) = connection.execute(query).fetchone()
    return int(count)


def _fact(connection: sqlite3.Connection, name: str) -> Mapping[str, object] | None:
    row = connection.execute(_FACT, (name,)).fetchone()
    return None if row is None else json.loads(row[0])
