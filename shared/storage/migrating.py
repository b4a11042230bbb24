"""Bringing a file to this program's version, and refusing, untouched, one that is not what it says it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from shared.errors import Fault, SurroundingsError
from shared.storage.health import storage_fault
from shared.storage.newest import DIGEST, REVISION, Schema, digest_of

SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"


def migrate(connection: Connection, revision: str = "head") -> None:
    """Runs the missing migrations in the caller's transaction."""
    if revision == "head" and _is_newest(connection):
        return
    from shared.storage import upgrading  # noqa: PLC0415 - see there

    upgrading.upgrade(connection, revision)


def check_file(path: Path) -> None:
    """Looks at a file before anything writes to it; an absent or empty one is well.

    Raises SurroundingsError: NEWER_FILE, HALF_MIGRATED, NOT_A_DATABASE, or what the disk did.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        with closing(open_read_only(path)) as connection:
            check_schema(connection, str(path))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise SurroundingsError(storage_fault(error) or Fault.NOT_A_DATABASE, str(path)) from error


def check_schema(connection: sqlite3.Connection, name: str) -> None:
    """Raises SurroundingsError when tables, indices and triggers are not exactly those of the file's revision."""
    found = schema_in(connection)
    revision = revision_of(connection)
    if revision == REVISION and digest_of(found) == DIGEST:
        return
    from shared.storage import upgrading  # noqa: PLC0415 - see there

    if revision is not None and revision not in upgrading.known_revisions():
        raise SurroundingsError(Fault.NEWER_FILE, f"{name}: revision {revision}")
    expected = frozenset() if revision is None else upgrading.schema_of(revision)
    wrong = sorted(item for item, _ in found ^ expected)
    if wrong:
        raise SurroundingsError(Fault.HALF_MIGRATED, f"{name}: {wrong[0]}")


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def revision_of(connection: sqlite3.Connection) -> str | None:
    """The file's revision; None for a file without tables of ours."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def schema_in(connection: sqlite3.Connection) -> Schema:
    """What this file consists of."""
    return frozenset(connection.execute(SCHEMA).fetchall())


def _is_newest(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and revision_of(driver) == REVISION
