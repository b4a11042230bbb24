"""Putting a backup back into service: proven first, and in need of a new epoch, so that no place is sold twice.

What the terminal sold after the backup is not in it. Its leases are therefore frozen with their epoch, and the
terminal sells again only when it was enrolled anew (docs/architecture.md, leases).
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from shared.errors import Fault, SurroundingsError
from shared.storage.backup import GROWING
from shared.storage.backup_files import BackupFile, chain_of, files_in, publish
from shared.storage.epochs import RESTORED
from shared.storage.file_lock import lock_of
from shared.storage.health import storage_fault, surroundings_error
from shared.storage.verify import Verdict, verify

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_TABLES = "SELECT name FROM delta.sqlite_master WHERE type = 'table' AND name <> 'head'"
_BESIDE = ("", "-wal", "-shm")  # the files that a database consists of


def restore(folder: Path, target: Path, day: date | None = None) -> Verdict:
    """Puts the state of a day (None: the last) in the place of `target`; what stood there is kept beside it.

    Raises UserError: IN_USE while a process has the target, BACKUP_MISSING; SurroundingsError: BACKUP_BROKEN when the
    backup does not prove whole, in which case the target is untouched.
    """
    lock = lock_of(target)
    try:
        chain = chain_of(files_in(folder), day)
        made = target.with_name(target.name + ".restored")
        verdict = _rebuild(chain, made)
        _keep_aside(target)
        publish(made, target)
    except OSError as error:
        raise surroundings_error(error) from error
    finally:
        lock.release()
    return verdict


def _rebuild(chain: Sequence[BackupFile], made: Path) -> Verdict:
    try:
        shutil.copyfile(chain[0].path, made)
        with closing(sqlite3.connect(made, isolation_level=None)) as copy:
            _apply(copy, chain[1:])
        verdict = verify(made)
    except (sqlite3.Error, SurroundingsError) as error:
        fault = storage_fault(error)
        full = fault is Fault.DISK_FULL
        raise SurroundingsError(Fault.DISK_FULL if full else Fault.BACKUP_BROKEN, str(error)) from error
    if verdict.broken is not None:
        raise SurroundingsError(Fault.BACKUP_BROKEN, str(verdict.broken))
    return verdict


def _apply(copy: sqlite3.Connection, deltas: Sequence[BackupFile]) -> None:
    """Adds the rows that came since, behind the triggers' back: `verify` proves the whole afterwards."""
    triggers = copy.execute(_TRIGGERS).fetchall()
    for name, _ in triggers:
        copy.execute(f"DROP TRIGGER {name}")
    for delta in deltas:
        copy.execute("ATTACH ? AS delta", (str(delta.path),))
        copy.execute("BEGIN")
        for (table,) in copy.execute(_TABLES).fetchall():
            if table not in GROWING:
                copy.execute(f"DELETE FROM main.{table}")  # noqa: S608 - a table of our own
            copy.execute(f"INSERT INTO main.{table} SELECT * FROM delta.{table}")  # noqa: S608 - likewise
        copy.execute("COMMIT")
        copy.execute("DETACH delta")
    copy.execute("UPDATE epoch SET closed_because = ? WHERE closed_because IS NULL", (RESTORED,))
    for _, sql in triggers:
        copy.execute(sql)


def _keep_aside(target: Path) -> None:
    """Nothing is deleted: the file before may hold sales that no backup has."""
    aside = next(
        path for number in range(1, 10_000) if not (path := target.with_name(f"{target.name}.before-{number}")).exists()
    )
    for suffix in _BESIDE:
        there = target.with_name(target.name + suffix)
        if there.exists():
            there.rename(aside.with_name(aside.name + suffix))
