"""A terminal's daily upkeep: once a day, not before its time, and what fails is kept as health and tried again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shared.errors import Fault
from shared.storage.backup_files import files_in
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from shared.storage.upkeep import KEEP_ADMISSIONS, Upkeep, UpkeepSection
from shared.sync.ports import Admission
from tests.storage.window import ANNA, DAY, KEEP_UNTIL, Window
from tests.storage.world import open_store

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)  # 03:00 of the 23rd at the site


class NightClock:
    """Runs as a test says, by both readings."""

    def __init__(self) -> None:
        self.at = NIGHT

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - NIGHT).total_seconds()

    def wait(self, **spans: float) -> None:
        self.at += timedelta(**spans)


@pytest.fixture
def clock() -> NightClock:
    return NightClock()


def upkeep(store: TerminalStore, path: Path, clock: NightClock, folder: Path, today: date | None = DAY) -> Upkeep:
    section = UpkeepSection(at=time(3, 30), backups=folder)
    return Upkeep(path, store, section, ZONE, clock, lambda: today)


def test_it_is_due_once_a_day_from_its_time_on(database: Database, clock: NightClock, tmp_path: Path) -> None:
    store = open_store(database)
    keeper = upkeep(store, database.path, clock, tmp_path / "b")
    assert not keeper.is_due()
    clock.wait(minutes=30)
    assert keeper.is_due()
    keeper.run()
    assert not keeper.is_due()
    clock.wait(hours=2)
    assert not keeper.is_due()
    assert not upkeep(store, database.path, clock, tmp_path / "b").is_due()
    clock.wait(hours=22)
    assert keeper.is_due()


def test_a_day_s_upkeep_makes_the_backup_and_deletes_what_is_due(
    window: Window, database: Database, clock: NightClock, tmp_path: Path
) -> None:
    window.sell("S1", ANNA)
    long_ago, lately = NIGHT - KEEP_ADMISSIONS - timedelta(days=1), NIGHT
    window.store.admit([Admission("aa" * 16, long_ago, "n"), Admission("bb" * 16, lately, "n")])
    done = upkeep(window.store, database.path, clock, tmp_path / "b", KEEP_UNTIL + timedelta(days=1)).run()
    assert (done.fault, done.purged, done.forgotten) == (None, 1, 1)
    assert [file.day for file in files_in(tmp_path / "b")] == [DAY]
    assert window.store.admitted("bb" * 16)


def test_without_a_date_that_can_be_trusted_nothing_is_deleted(
    window: Window, database: Database, clock: NightClock, tmp_path: Path
) -> None:
    window.sell("S1", ANNA)
    clock.wait(days=400)
    done = upkeep(window.store, database.path, clock, tmp_path / "b", None).run()
    assert (done.fault, done.purged) == (None, 0)


def test_a_backup_that_fails_is_health_and_is_tried_again(
    database: Database, clock: NightClock, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    clock.wait(hours=1)
    keeper = upkeep(open_store(database), database.path, clock, tmp_path / "file")
    done = keeper.run()
    assert done.fault is Fault.DISK_ERROR
    assert (keeper.health()["backup"], keeper.health()["number"]) == ("DISK_ERROR", Fault.DISK_ERROR.number)
    assert json.dumps(keeper.health())
    assert not keeper.is_due()
    clock.wait(hours=1)
    assert keeper.is_due()
