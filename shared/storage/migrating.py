"""Bringing a file to this program's version, and refusing, untouched, one that is not what it says it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from shared.errors import Fault, SurroundingsError
from shared.storage.health import storage_fault

Schema = frozenset[tuple[str, str]]

_SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"


def migrate(connection: Connection, revision: str = "head") -> None:
    """Runs the missing migrations in the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def known_revisions() -> frozenset[str]:
    """The revisions that this program has."""
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions())


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
    if revision is not None and revision not in known_revisions():
        raise SurroundingsError(Fault.NEWER_FILE, f"{name}: revision {revision}")
    expected = frozenset() if revision is None else schema_of(revision)
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


def schema_of(revision: str) -> Schema:
    """What a file of this revision consists of, worked out in memory by the migrations themselves."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            migrate(connection, revision)
            return frozenset((row.name, row.sql) for row in connection.exec_driver_sql(_SCHEMA))
    finally:
        engine.dispose()


def schema_in(connection: sqlite3.Connection) -> Schema:
    """What this file consists of."""
    return frozenset(connection.execute(_SCHEMA).fetchall())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
