"""Every day of the last thirty can be put back, proven whole, and never sells a place a second time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.domain import sale as ev
from shared.errors import Fault, NumberedError
from shared.storage.backup import back_up
from shared.storage.backup_files import files_in
from shared.storage.database import Database
from shared.storage.restore import restore
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from tests.storage.world import KEY, SLOT, give_back, hold, lease, open_store, opened, sell, submitted

DAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def days(database: Database, store: TerminalStore, folder: Path) -> Iterator[TerminalStore]:
    """Three days with a sale each, each backed up at its end."""
    store.add_leases([lease(9)], 0.0, "boot")
    for number in range(3):
        sell(store, f"S{number}", 2)
        back_up(database.path, folder, DAY + timedelta(days=number))
    yield store
    database.close()


def refused(work: Callable[[], object]) -> Fault:
    with pytest.raises(NumberedError) as refusal:
        work()
    return refusal.value.fault


def sales_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT sale_id FROM sale ORDER BY 1")]


@pytest.mark.usefixtures("days")
def test_each_day_is_put_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    assert [(file.day.day, file.kind) for file in files_in(folder)] == [(23, "base"), (24, "delta"), (25, "delta")]
    for number in range(3):
        target = tmp_path / f"{number}.sqlite"
        verdict = restore(folder, target, DAY + timedelta(days=number))
        assert verdict.broken is None
        assert sales_in(target) == [f"S{each}" for each in range(number + 1)]
        assert verify(target, KEY.public, every_signature=True).broken is None


@pytest.mark.usefixtures("days")
def test_the_last_day_is_put_back_in_place_and_what_stood_there_is_kept(folder: Path, database: Database) -> None:
    database.close()
    before = database.path.read_bytes()
    restore(folder, database.path)
    restore(folder, database.path, DAY)
    aside = database.path.with_name(database.path.name + ".before-1")
    assert aside.read_bytes() == before
    assert sales_in(database.path) == ["S0"]


@pytest.mark.usefixtures("days")
def test_a_restored_terminal_sells_only_in_a_new_epoch_and_never_from_old_leases(
    folder: Path, database: Database
) -> None:
    database.close()
    restore(folder, database.path)
    again = Database(database.path)
    assert refused(lambda: open_store(again, 1)) is Fault.NEEDS_NEW_EPOCH
    store = open_store(again, 2)
    store.record("NEW", opened())
    assert store.hold("NEW", SLOT, 1, lambda _: True) is None
    assert store.leases() == [], "what was used of them after the backup is not known: they are not settled either"
    store.add_leases([lease(1, b"lease--2", epoch=2)], 0.0, "boot")
    assert store.hold("NEW", SLOT, 1, lambda _: True) is not None
    assert store.begun_before("S0")
    assert not store.begun_before("NEW")
    again.close()
    assert verify(again.path, KEY.public).broken is None


def test_a_sale_under_way_goes_on_in_the_days_after(database: Database, store: TerminalStore, folder: Path) -> None:
    store.add_leases([lease(9)], 0.0, "boot")
    hold(store, "S1")
    store.record("S1", *submitted())
    back_up(database.path, folder, DAY)
    store.record("S1", ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "reversed"), ev.SaleClosed("released"))
    sell(store, "S2", 2)
    back_up(database.path, folder, DAY)
    give_back(store, "S2", "S2-2")
    back_up(database.path, folder, DAY)
    assert [file.kind for file in files_in(folder)] == ["base", "delta"], "a day's delta is made anew"
    assert restore(folder, database.path.with_name("copy.sqlite")).broken is None


def test_thirty_days_are_kept_and_no_more_than_they_need(
    database: Database, store: TerminalStore, folder: Path, tmp_path: Path
) -> None:
    for number in range(75):
        store.record(f"S{number:02}", opened(), ev.SaleClosed("released"))
        back_up(database.path, folder, DAY + timedelta(days=number))
    days = [file.day for file in files_in(folder)]
    assert days[0] == DAY + timedelta(days=30)
    assert len(days) == 45
    for number in (44, 59, 60, 74):
        target = tmp_path / f"{number}.sqlite"
        restore(folder, target, DAY + timedelta(days=number))
        assert len(sales_in(target)) == number + 1


@pytest.mark.usefixtures("days")
def test_a_damaged_or_missing_backup_is_refused_and_nothing_is_replaced(folder: Path, database: Database) -> None:
    database.close()
    before = database.path.read_bytes()
    path = files_in(folder)[1].path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE journal SET at = '2026-11-23T01:00:00.000001Z' WHERE seq % 7 = 0")
    assert refused(lambda: restore(folder, database.path)) is Fault.BACKUP_BROKEN
    path.unlink()
    assert refused(lambda: restore(folder, database.path)) is Fault.BACKUP_BROKEN
    assert refused(lambda: restore(folder, database.path, DAY + timedelta(days=1))) is Fault.BACKUP_MISSING
    assert refused(lambda: restore(folder / "nowhere", database.path)) is Fault.BACKUP_MISSING
    assert database.path.read_bytes() == before


@pytest.mark.usefixtures("days")
def test_nothing_is_restored_under_a_running_terminal(folder: Path, database: Database) -> None:
    assert refused(lambda: restore(folder, database.path)) is Fault.IN_USE


@pytest.mark.usefixtures("days")
def test_after_a_restore_the_next_backup_begins_anew(folder: Path, database: Database) -> None:
    database.close()
    restore(folder, database.path, DAY)
    back_up(database.path, folder, DAY + timedelta(days=3))
    assert files_in(folder)[-1].kind == "base"


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_surroundings(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert refused(lambda: back_up(database.path, tmp_path / "file", DAY)) is Fault.DISK_ERROR
    assert refused(lambda: back_up(tmp_path / "absent.sqlite", tmp_path / "b", DAY)) is Fault.DISK_ERROR
