"""A disk that is full, read-only or broken: the write is refused by number, and what was recorded stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.domain import sale as ev
from shared.errors import Fault, StorageFailedError
from shared.storage import health
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from tests.storage.world import lease, open_store, opened, sell


def pragma(database: Database, text: str) -> None:
    database.run(lambda connection: connection.exec_driver_sql(f"PRAGMA {text}").close())


def fill(store: TerminalStore) -> list[str]:
    """Records sales until the disk refuses; returns those that were recorded."""
    recorded: list[str] = []
    for number in range(2000):
        try:
            store.record(f"S{number:04}", opened())
        except StorageFailedError:
            return recorded
        recorded.append(f"S{number:04}")
    raise AssertionError("the disk took everything")


def test_a_full_disk_refuses_loses_nothing_and_is_well_again_with_room(database: Database) -> None:
    store = open_store(database)
    pragma(database, "max_page_count=60")
    recorded = fill(store)
    assert database.health is Fault.DISK_FULL
    assert store.open_sales() == recorded
    assert database.health is Fault.DISK_FULL, "reading proves nothing"
    pragma(database, "max_page_count=100000")
    store.record("S9999", opened())
    assert database.health is None
    assert verify(database.path).broken is None


def test_a_file_that_may_only_be_read_refuses(database: Database) -> None:
    store = open_store(database)
    store.record("S1", opened())
    pragma(database, "query_only=1")
    with pytest.raises(StorageFailedError) as refusal:
        store.record("S1", ev.SaleClosed("released"))
    assert refusal.value.fault is Fault.READ_ONLY
    assert database.health is Fault.READ_ONLY
    database.close()
    again = Database(database.path)
    sales = open_store(again).open_sales()
    again.close()
    assert sales == ["S1"]


def test_without_room_for_a_day_nothing_new_is_begun_but_a_sale_is_finished(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(database)
    store.record("S1", opened())
    monkeypatch.setattr(health, "RESERVE_BYTES", shutil.disk_usage(database.path.parent).total + 1)
    assert database.health is Fault.DISK_NEARLY_FULL
    store.record("S1", ev.SaleClosed("released"))
    assert store.open_sales() == []


# Beyond the limit every write of the process fails with EFBIG, as a broken disk's do with EIO.
BEYOND_THE_LIMIT = """
import resource, sys
from pathlib import Path
from shared.errors import StorageFailedError
from shared.storage.database import Database
from tests.storage.world import open_store, opened
database = Database(Path(sys.argv[1]))
store = open_store(database)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
recorded = 0
try:
    while True:
        store.record(f"S{recorded:04}", opened())
        recorded += 1
except StorageFailedError as error:
    print(recorded, error.fault.number, database.health.number)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits")
def test_a_disk_that_fails_under_way_keeps_every_recorded_row(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    answer = subprocess.run(
        [sys.executable, "-c", BEYOND_THE_LIMIT, str(path)], capture_output=True, text=True, timeout=50, check=False
    )
    recorded, number, health_number = map(int, answer.stdout.splitlines()[-1].split())
    assert (number, health_number) == (Fault.DISK_ERROR.number, Fault.DISK_ERROR.number)
    assert recorded > 10
    assert verify(path).broken is None
    database = Database(path)
    sales = open_store(database).open_sales()
    database.close()
    assert len(sales) == recorded


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 2 MB, where this may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path) -> None:
    database = Database(small_disk / "t.sqlite")
    store = open_store(database)
    store.add_leases([lease(2)], 0.0, "boot")
    sell(store, "GOOD")
    recorded = fill(store)
    database.close()
    assert verify(database.path).broken is None
    again = Database(database.path)
    store = open_store(again)
    sales = store.open_sales()
    again.close()
    assert set(recorded) <= set(sales)
