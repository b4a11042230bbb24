"""The backup and the restore drill: what was acknowledged before the backup is there after the machine is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from central.audit.chain import first_broken
from central.operation.backup import BackupError, back_up, check, drop_old, is_due, restore
from central.operation.night_watch import NightWatch
from tests.central.world import MORNING, TEN, SetClock, Terminal, serve


def test_the_restore_drill(tmp_path: Path) -> None:
    old, new, folder = tmp_path / "old", tmp_path / "new", tmp_path / "backups"
    old.mkdir()
    new.mkdir()
    clock = SetClock()
    with serve(old, clock) as running:
        kiosk = Terminal(running).enrol()
        lease = kiosk.lease(TEN, 5)
        first = kiosk.sell("before", lease, 1)
        kiosk.push(*first)
        made = back_up(Path(running.service.settings.database), folder, clock.now())  # while central runs
        later = kiosk.sell("after", lease, 2)
        kiosk.push(*later)
        before = kiosk.call("GET", "/v1/summary").json()
    shutil.copy2(old / "central.data", new / "central.data")  # keys are kept apart from backups, with their mode
    restore(made, new / "central.db")
    with serve(new, clock) as restored:
        kiosk.central = restored
        assert kiosk.call("GET", "/v1/summary").json()["sales"] == 1
        results = kiosk.push(*first, *later).json()["results"]  # the terminal sends what it still has
        outcomes = [result["outcome"] for result in results]
        assert outcomes == ["duplicate"] * len(first) + ["stored"] * len(later)
        assert kiosk.call("GET", "/v1/summary").json() == before
        assert restored.service.database.read(lambda s: first_broken(s, "hill")) is None


def test_a_backup_is_one_whole_file_and_never_overwrites(tmp_path: Path) -> None:
    with serve(tmp_path) as running:
        made = back_up(Path(running.service.settings.database), tmp_path / "backups", MORNING)
        assert [file.name for file in made.parent.iterdir()] == ["central-20261123-010000.db"]
        check(made)
        with pytest.raises(BackupError, match="there already"):
            restore(made, Path(running.service.settings.database))


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    database = tmp_path / "source.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE t (a TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
        connection.commit()
    made = back_up(database, tmp_path / "backups", MORNING)
    content = bytearray(made.read_bytes())
    content[4096:8192] = bytes(4096)
    made.write_bytes(content)
    with pytest.raises(BackupError):
        restore(made, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
    made.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(BackupError):
        check(made)


def test_one_backup_a_day_and_old_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with serve(tmp_path) as running:
        watch = NightWatch(running.service)
        for days in range(4):
            running.clock.shift = timedelta(days=days)
            watch.look(folder)
            watch.look(folder)
        assert len(list(folder.iterdir())) == 4
        assert not is_due(folder, running.clock.now())
    drop_old(folder, 2)
    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_said_and_central_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with serve(tmp_path) as running:
        NightWatch(running.service).look(tmp_path / "file" / "backups")
        assert Terminal(running).enrol().terminal_id
