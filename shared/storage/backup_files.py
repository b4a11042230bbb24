"""The files of a backup: a whole copy now and then, and for each day what came since; kept for thirty days."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from shared.errors import Fault, UserError

KEEP = timedelta(days=30)

_NAME = re.compile(r"terminal-(\d{4}-\d\d-\d\d)\.(base|delta)\.sqlite")


@dataclass(frozen=True, slots=True, order=True)
class BackupFile:
    """`base`: the whole database as it was on a day. `delta`: what that day's state has beyond the file before."""

    day: date
    kind: str  # base, delta: in this order on the same day
    path: Path


def files_in(folder: Path) -> list[BackupFile]:
    """The backups of a folder, oldest first; other files are passed over."""
    named = ((path, _NAME.fullmatch(path.name)) for path in (folder.iterdir() if folder.is_dir() else ()))
    return sorted(BackupFile(date.fromisoformat(m[1]), m[2], path) for path, m in named if m)


def path_for(folder: Path, day: date, kind: str) -> Path:
    """What a backup file is called."""
    return folder / f"terminal-{day.isoformat()}.{kind}.sqlite"


def chain_before(files: Sequence[BackupFile], day: date) -> list[BackupFile]:
    """What a delta of this day continues: the last base and its deltas of earlier days; empty without a base."""
    known = [file for file in files if file.day < day or (file.day == day and file.kind == "base")]
    bases = [place for place, file in enumerate(known) if file.kind == "base"]
    return known[bases[-1] :] if bases else []


def chain_of(files: Sequence[BackupFile], day: date | None) -> list[BackupFile]:
    """The base and deltas that give the state of a day (None: the last there is). Raises UserError(BACKUP_MISSING)."""
    wanted = day or (files[-1].day if files else None)
    known = [file for file in files if wanted is not None and file.day <= wanted]
    bases = [place for place, file in enumerate(known) if file.kind == "base"]
    if not bases or known[-1].day != wanted:
        raise UserError(Fault.BACKUP_MISSING, f"{wanted}" if wanted else "the folder has none")
    return known[bases[-1] :]


def superfluous(files: Sequence[BackupFile], today: date) -> list[BackupFile]:
    """What no day of the last thirty needs: everything before the last base that is as old as that."""
    old = [place for place, file in enumerate(files) if file.kind == "base" and file.day <= today - KEEP]
    return list(files[: old[-1]]) if old else []


def publish(made: Path, path: Path) -> None:
    """Gives a finished file its name, durably: after a power cut it is there whole, or not at all."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    made.replace(path)
    if os.name == "posix":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
