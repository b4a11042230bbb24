"""`shanmen backup` and `shanmen restore`: a terminal's database, day by day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.errors import Fault
from shared.storage.backup import back_up
from shared.storage.restore import restore as restore_database
from shared.system_clock import SystemClock

DatabaseFile = Annotated[Path, typer.Argument(help="The terminal's database file.")]
Folder = Annotated[
    Path | None, typer.Option("--folder", help="Where the backups are: best another disk. Default: `backups` beside.")
]


def backup(database: DatabaseFile, folder: Folder = None) -> None:
    """Make today's backup, also while the terminal sells; thirty days are kept."""
    today = SystemClock().now().astimezone().date()
    typer.echo(f"backed up as {back_up(database, _folder(database, folder), today)}")


def restore(
    database: DatabaseFile,
    folder: Folder = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Which day. Default: the last.")] = None,
) -> None:
    """Put a backup in the place of the database; the terminal must be enrolled anew before it sells again."""
    verdict = restore_database(_folder(database, folder), database, day.date() if day else None)
    typer.echo(f"restored: {verdict.rows} rows of the journal, proven whole; the file before is kept beside it")
    typer.echo(f"[{Fault.NEEDS_NEW_EPOCH.number}] {Fault.NEEDS_NEW_EPOCH.explanation.remedy}")


def _folder(database: Path, folder: Path | None) -> Path:
    return folder or database.parent / "backups"
