"""Disk, typefaces, keys, database, backups and clock: what the doctor says when each of them is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.settings import KioskSettings
from shanmen.doctor.finding import Severity
from shanmen.doctor.machine import Instruments, Machine
from shared.domain.canonical import instant_text
from shared.security.keys import SigningKey
from shared.storage.database import Database
from shared.storage.epochs import RESTORED, close_all
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore, put_fact
from tests.central.world import SetClock
from tests.doctor.ward import Ward

MEGABYTE = 1024**2


def data(ward: Ward) -> Path:
    assert ward.machine.settings is not None
    return ward.machine.settings.terminal.data


def test_a_machine_that_is_well_has_no_bad_finding(ward: Ward) -> None:
    findings = ward.examine().findings
    assert [f.key for f in findings if f.severity not in (Severity.WELL, Severity.NOTE)] == []
    assert {"ENROLLED", "CENTRAL_ANSWERS", "DATABASE_WELL", "KEY_WELL", "BACKUP_RECENT"} <= {f.key for f in findings}


@pytest.mark.parametrize(
    ("megabytes", "key"), [(5000, "DISK_HAS_ROOM"), (1024, "DISK_HAS_ROOM"), (1023, "DISK_SMALL"), (63, "DISK_FULL")]
)
def test_room_on_the_disk(ward: Ward, megabytes: int, key: str) -> None:
    ward.look_with(free_bytes=lambda _: megabytes * MEGABYTE)
    assert ward.one(key).facts["free"] == str(megabytes)


def test_missing_typefaces_are_named(ward: Ward, tmp_path: Path) -> None:
    ward.look_with(fonts=tmp_path)
    assert ward.one("FONTS_MISSING").facts["path"] == str(tmp_path / "NotoSansCJK-Regular.ttc")


def test_without_a_keyring_the_machine_is_degraded(ward: Ward) -> None:
    ward.look_with(has_keyring=lambda: False)
    assert "KEYRING_DEGRADED" in ward.found()


def test_a_key_file_beside_a_keyring_is_degraded_too(ward: Ward) -> None:
    assert "KEYRING_WELL" in ward.found()
    (data(ward) / "identity.key").write_text("{}")
    assert "KEYRING_DEGRADED" in ward.found()


def test_a_key_that_others_may_read_is_found_and_mended_by_its_remedy(ward: Ward) -> None:
    key = data(ward) / "terminal.key"
    key.chmod(0o640)
    finding = ward.one("KEY_OPEN")
    assert finding.remedy("en", "").startswith(f"`chmod 600 {key}`")
    key.chmod(0o600)
    assert "KEY_WELL" in ward.found()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("no key")])
def test_a_key_that_is_none(ward: Ward, spoil: Callable[[Path], object]) -> None:
    spoil(data(ward) / "terminal.key")
    assert "KEY_DAMAGED" in ward.found()


def test_a_machine_that_was_never_enrolled(enrolled: KioskSettings, instruments: Instruments, tmp_path: Path) -> None:
    fresh = enrolled.model_copy(update={"terminal": enrolled.terminal.model_copy(update={"data": tmp_path / "none"})})
    found = Ward(Machine(instruments, fresh)).found()
    assert "NOT_ENROLLED" in found
    assert "CENTRAL_ANSWERS" in found  # also before that, the line can be looked at


def test_a_database_that_was_restored_needs_a_new_epoch(ward: Ward, clock: SetClock) -> None:
    database = Database(data(ward) / "terminal.sqlite")
    try:
        TerminalStore(database, Pen("kiosk-1", 1, SigningKey.load(data(ward) / "terminal.key")), clock)
        database.run(lambda connection: close_all(connection, RESTORED))
    finally:
        database.close()
    assert "NEEDS_NEW_EPOCH" in ward.found()


def test_a_damaged_database_is_told_by_number_and_left_alone(ward: Ward) -> None:
    file = data(ward) / "terminal.sqlite"
    file.write_bytes(b"\0" * 8192)
    assert ward.one("DATABASE_FAULTY").facts["number"] == "2102"
    assert file.read_bytes() == b"\0" * 8192


def test_the_doctor_looks_beside_a_terminal_that_sells(ward: Ward) -> None:
    database = Database(data(ward) / "terminal.sqlite")
    try:
        assert "DATABASE_WELL" in ward.found()
    finally:
        database.close()


def test_old_and_missing_backups(ward: Ward, clock: SetClock) -> None:
    (file,) = (data(ward) / "backups").iterdir()
    day = (clock.now() - timedelta(days=5)).astimezone().date()
    file.rename(file.with_name(f"terminal-{day}.base.sqlite"))
    assert ward.one("BACKUP_OLD").facts["days"] == "5"
    (file.parent / f"terminal-{day}.base.sqlite").unlink()
    assert "BACKUP_NONE" in ward.found()


def test_a_clock_before_the_time_the_terminal_has_seen(ward: Ward, clock: SetClock) -> None:
    database = Database(data(ward) / "terminal.sqlite")
    try:
        put_fact(database, "clock", {"high_water": instant_text(clock.now() + timedelta(hours=2))})
    finally:
        database.close()
    assert abs(float(ward.one("CLOCK_WENT_BACK").facts["seconds"]) - 7200) < 30


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(ward: Ward) -> None:
    data(ward).chmod(0o500)
    assert "FOLDER_NOT_WRITABLE" in ward.found()
    data(ward).chmod(0o700)
