"""The terminal: its key, its database and backups, and whether it is enrolled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine
from shared.domain.canonical import parse_instant
from shared.errors import SurroundingsError
from shared.security.keys import KeyFileError, SigningKey
from shared.storage.backup_files import files_in
from shared.storage.glance import Glance, glance
from shared.sync.enrolment import Enrolment

_OLD_DAYS = 2
_BACK_SECONDS = 5.0


def look_at_terminal(machine: Machine) -> Iterator[Finding]:
    """Everything in the terminal's folder."""
    if machine.settings is None:
        return
    folder = machine.settings.terminal.data
    database = folder / "terminal.sqlite"
    if not database.exists():
        yield Finding("NOT_ENROLLED")
        return
    yield _key(folder / "terminal.key")
    try:
        seen = glance(database)
    except SurroundingsError as error:
        said = error.fault.explanation
        yield Finding("DATABASE_FAULTY", facts={"number": str(said.number), "reason": said.sentence})
        return
    yield Finding("DATABASE_WELL", facts={"rows": str(seen.rows)})
    yield _enrolment(seen)
    yield from _clock(machine, seen)
    yield _backup(machine, folder / "backups")


def _key(path: Path) -> Finding:
    if is_open_to_others(path):
        return Finding("KEY_OPEN", facts={"path": str(path)})
    try:
        key = SigningKey.load(path)
    except KeyFileError:
        return Finding("KEY_DAMAGED", facts={"path": str(path)})
    return Finding("KEY_WELL", facts={"key": key.public.key_id.hex()})


def is_open_to_others(path: Path) -> bool:
    """Whether group or others may read a file that should be its owner's alone. Never true outside POSIX."""
    try:
        return os.name == "posix" and bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def _enrolment(seen: Glance) -> Finding:
    if seen.enrolment is None:
        return Finding("NOT_ENROLLED")
    if seen.restored:
        return Finding("NEEDS_NEW_EPOCH")
    who = Enrolment.from_fact(seen.enrolment)
    return Finding("ENROLLED", facts={"terminal": who.terminal_id, "site": who.site_id, "epoch": str(who.epoch)})


def _clock(machine: Machine, seen: Glance) -> Iterator[Finding]:
    """Against the latest time that the terminal ever saw."""
    if seen.clock is None:
        return
    back = (parse_instant(str(seen.clock["high_water"])) - machine.look.clock.now()).total_seconds()
    if back > _BACK_SECONDS:
        yield Finding("CLOCK_WENT_BACK", facts={"seconds": f"{back:.0f}"})


def _backup(machine: Machine, folder: Path) -> Finding:
    files = files_in(folder)
    if not files:
        return Finding("BACKUP_NONE")
    days = (machine.look.clock.now().astimezone().date() - files[-1].day).days
    if days > _OLD_DAYS:
        return Finding("BACKUP_OLD", facts={"days": str(days)})
    return Finding("BACKUP_RECENT", facts={"day": files[-1].day.isoformat()})
