"""The daily backup of a terminal's database, made while the terminal sells.

The journal and the ledger only ever grow, so a day's file holds their new rows, and the small tables beside them
whole. Document numbers are left out: what must be purged may not live on in a copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from shared.errors import Fault, SurroundingsError
from shared.storage.backup_files import KEEP, BackupFile, chain_before, files_in, path_for, publish, superfluous
from shared.storage.health import storage_fault, surroundings_error
from shared.storage.migrating import check_schema, open_read_only, revision_of

GROWING = ("journal", "entry", "posting")  # keyed by epoch and seq; their rows never change
_LEFT_OUT = ("protected_number",)
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"

Heads = Mapping[int, int]  # epoch -> the last seq of its rows


def back_up(database: Path, folder: Path, day: date) -> Path:
    """Makes the day's backup, or makes it anew, and removes what thirty days no longer need; returns the file.

    Raises SurroundingsError when the database cannot be read or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(open_read_only(database)) as source:
            check_schema(source, str(database))
            path = _write(source, folder, day)
        for file in superfluous(files_in(folder), day):
            file.path.unlink()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise SurroundingsError(storage_fault(error) or Fault.NOT_A_DATABASE, str(error)) from error
    except OSError as error:
        raise surroundings_error(error) from error
    return path


def _write(source: sqlite3.Connection, folder: Path, day: date) -> Path:
    chain = chain_before(files_in(folder), day)
    before = _continued(source, chain, day)
    path = path_for(folder, day, "base" if before is None else "delta")
    made = path.with_suffix(".part")
    made.unlink(missing_ok=True)
    if before is None:
        _copy_whole(source, made)
        path_for(folder, day, "delta").unlink(missing_ok=True)  # it continued another base
    else:
        _copy_since(source, made, before)
    publish(made, path)
    return path


def _continued(source: sqlite3.Connection, chain: Sequence[BackupFile], day: date) -> Heads | None:
    """Up to where the chain has the journal; None when a whole copy is due."""
    if not chain or day - chain[0].day >= KEEP:
        return None
    try:
        with closing(open_read_only(chain[0].path)) as base:
            if revision_of(base) != revision_of(source):
                return None
        with closing(open_read_only(chain[-1].path)) as last:
            before = heads_in(last)
    except sqlite3.Error:
        return None  # a damaged file is not built upon
    now = heads_in(source)
    return before if all(now.get(epoch, 0) >= seq for epoch, seq in before.items()) else None


def heads_in(connection: sqlite3.Connection) -> Heads:
    """Up to where a database or a backup has the journal, by epoch."""
    of_delta = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'head'").fetchone()
    query = "SELECT epoch, seq FROM head" if of_delta else "SELECT epoch, max(seq) FROM journal GROUP BY epoch"
    return dict(connection.execute(query).fetchall())


def _copy_whole(source: sqlite3.Connection, made: Path) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        copy.execute("PRAGMA secure_delete = ON")
        for table in _tables(copy, _LEFT_OUT):
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of our own


def _copy_since(source: sqlite3.Connection, made: Path, before: Heads) -> None:
    """In one transaction, so that it is the state of one moment."""
    source.execute("ATTACH ? AS delta", (f"{made.absolute().as_uri()}?mode=rwc",))
    source.execute("BEGIN")
    source.execute("CREATE TABLE delta.head AS SELECT epoch, max(seq) AS seq FROM main.journal GROUP BY epoch")
    source.execute("CREATE TEMP TABLE before (epoch INTEGER PRIMARY KEY, seq INTEGER)")
    source.executemany("INSERT INTO before VALUES (?, ?)", before.items())
    for table in _tables(source):
        if table not in _LEFT_OUT:
            rows = f"SELECT * FROM main.{table} {_since(table)}"  # noqa: S608 - a table of our own
            source.execute(f"CREATE TABLE delta.{table} AS {rows}")
    source.execute("COMMIT")
    source.execute("DETACH delta")


def _since(table: str) -> str:
    """Which rows of a table a delta takes."""
    if table not in GROWING:
        return ""
    return "AS own WHERE seq > coalesce((SELECT b.seq FROM before AS b WHERE b.epoch = own.epoch), 0)"


def _tables(connection: sqlite3.Connection, among: Sequence[str] = ()) -> list[str]:
    names = [name for (name,) in connection.execute(_TABLES) if name != "alembic_version"]
    return [name for name in names if not among or name in among]
