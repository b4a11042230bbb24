"""The embedded database's daily backup, by SQLite's online backup API: whole, checked, while central goes on.

PostgreSQL is backed up by its own tools: docs/adr/0024 names the commands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

_NAME = "central-{:%Y%m%d-%H%M%S}.db"
_PAGES = 1000  # copied at a time; writers get their turn in between
_PAUSE_S = 0.02
EVERY = timedelta(days=1)


class BackupError(Exception):
    """There is no good backup; the message says why."""


def back_up(database: Path, folder: Path, at: datetime) -> Path:
    """Copies the database into a file named after `at` (UTC), which appears only when whole. Raises BackupError."""
    target = folder / _NAME.format(at.astimezone(UTC))
    draft = target.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy, pages=_PAGES, sleep=_PAUSE_S)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        check(draft)
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{target.name}: {type(error).__name__}") from error
    return target


def check(file: Path) -> None:
    """Raises BackupError when the file is not a whole database or a row points at nothing."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            faults = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            stray = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{file.name} is no database") from error
    if faults != "ok" or stray is not None:
        raise BackupError(f"{file.name} is damaged")


def restore(backup: Path, database: Path) -> None:
    """Puts a checked backup where central's database is to be. Raises BackupError; never overwrites."""
    if database.exists():
        raise BackupError(f"{database.name} is there already: move it away first")
    check(backup)
    try:
        with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(database)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        raise BackupError(f"{database.name}: {type(error).__name__}") from error


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the newest backup is a day old, or there is none."""
    newest = max((_made_at(file) for file in _backups(folder)), default=None)
    return newest is None or now - newest >= EVERY


def drop_old(folder: Path, keep: int) -> None:
    """Removes all but the newest `keep`, at least one."""
    for file in _backups(folder)[: -max(1, keep)]:
        file.unlink(missing_ok=True)


def _backups(folder: Path) -> Sequence[Path]:
    """Finished ones, the oldest first."""
    return sorted(folder.glob("central-????????-??????.db"))


def _made_at(file: Path) -> datetime:
    return datetime.strptime(file.stem, "central-%Y%m%d-%H%M%S").replace(tzinfo=UTC)
