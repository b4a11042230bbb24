"""The kiosk's daily upkeep begins at a quiet moment, once, and neither a full disk nor a bug stops it in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app.upkeep_watch import UpkeepWatch
from shared.errors import Fault, StorageFailedError
from shared.storage.backup_files import files_in
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from shared.storage.upkeep import Upkeep, UpkeepSection
from tests.storage.world import StillClock, open_store

MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "terminal.sqlite")
    yield opened
    opened.close()


def upkeep(database: Database, store: TerminalStore, failure: Exception | None = None) -> Upkeep:
    def today() -> None:
        if failure is not None:
            raise failure

    section = UpkeepSection(at=time(3, 30))
    return Upkeep(database.path, store, section, ZoneInfo("Asia/Shanghai"), StillClock(MORNING), today)


def test_it_waits_for_a_quiet_moment_and_runs_once(database: Database) -> None:
    store = open_store(database)
    keeper = upkeep(database, store)
    watch = UpkeepWatch(keeper, pytest.fail)
    watch.consider(quiet=False)
    assert keeper.is_due()
    for _ in range(3):
        watch.consider(quiet=True)
    watch.close()
    assert keeper.health()["backup"] == "done"
    assert len(files_in(database.path.parent / "backups")) == 1


@pytest.mark.parametrize(
    ("failure", "ours"), [(StorageFailedError(Fault.DISK_FULL), False), (RuntimeError("a bug"), True)]
)
def test_what_stops_it_is_told_as_what_it_is(database: Database, failure: Exception, ours: bool) -> None:
    told: list[str] = []
    keeper = upkeep(database, open_store(database), failure)
    watch = UpkeepWatch(keeper, lambda: told.append("ours"))
    watch.consider(quiet=True)
    watch.close()
    assert told == (["ours"] if ours else [])
    assert not keeper.is_due()
