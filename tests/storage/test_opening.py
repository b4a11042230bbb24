"""What may be opened, and by whom: everything else is refused by its number, and not one byte of it changes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from shared.domain import sale as ev
from shared.errors import Fault, NumberedError, SurroundingsError
from shared.security.keys import SigningKey
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.storage.world import KEY, SLOT, StillClock, lease, open_store, opened


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", Fault.NEWER_FILE),
        ("DROP TABLE posting", Fault.HALF_MIGRATED),
        ("DROP TRIGGER journal_keeps_words", Fault.HALF_MIGRATED),
        ("UPDATE alembic_version SET version_num = '0001'", Fault.HALF_MIGRATED),
        ("DROP TABLE alembic_version", Fault.HALF_MIGRATED),
        ("CREATE TABLE extra (x)", Fault.HALF_MIGRATED),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_untouched(
    tmp_path: Path, statement: str, fault: Fault
) -> None:
    path = tmp_path / "t.sqlite"
    Database(path).close()
    change(path, statement)
    before = path.read_bytes()
    with pytest.raises(SurroundingsError) as refusal:
        Database(path)
    assert refusal.value.fault is fault
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(SurroundingsError) as refusal:
        Database(path)
    assert refusal.value.fault is Fault.NOT_A_DATABASE
    assert path.read_bytes() == b"not a database " * 100


def test_a_second_process_is_refused_and_the_first_goes_on(tmp_path: Path, database: Database) -> None:
    program = (
        "import sys; from pathlib import Path; from shared.errors import UserError\n"
        "from shared.storage.database import Database\n"
        "try: Database(Path(sys.argv[1]))\n"
        "except UserError as error: print(error.fault.number)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(database.path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(Fault.IN_USE.number)
    open_store(database).record("S1", opened())


def test_a_file_is_free_again_after_closing_and_after_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    Database(path).close()
    change(path, "CREATE TABLE extra (x)")
    with pytest.raises(SurroundingsError):
        Database(path)
    change(path, "DROP TABLE extra")
    Database(path).close()


def refused(work: Callable[[], object]) -> Fault:
    with pytest.raises(NumberedError) as refusal:
        work()
    return refusal.value.fault


def test_an_epoch_is_of_one_terminal_and_one_key(database: Database) -> None:
    open_store(database, 2)
    other_key = SigningKey.from_seed(b"x" * 32)
    clock = StillClock()
    assert refused(lambda: TerminalStore(database, Pen("t2", 2, KEY), clock)) is Fault.OTHER_TERMINAL
    assert refused(lambda: TerminalStore(database, Pen("t1", 2, other_key), clock)) is Fault.OTHER_TERMINAL
    assert refused(lambda: open_store(database, 1)) is Fault.NEEDS_NEW_EPOCH


def test_a_new_epoch_closes_the_one_before_and_freezes_its_leases(database: Database) -> None:
    old = open_store(database, 1)
    old.add_leases([lease(5)], 0.0, "boot")
    old.record("S1", opened())
    new = open_store(database, 2)
    assert new.leases() == []
    assert new.hold("S1", SLOT, 1, lambda _: True) is None
    assert new.begun_before("S1")
    new.record("S1", ev.SaleClosed("released"))
    assert [event.seq for event in new.journal_after(0, 9)] == [1]
    assert refused(lambda: open_store(database, 1)) is Fault.NEEDS_NEW_EPOCH


def test_an_epoch_keeps_the_hash_profile_it_was_begun_with(database: Database) -> None:
    open_store(database, 1, "sm3").record("S1", opened())
    open_store(database, 1, "sha256").record("S1", ev.SaleClosed("released"))
    rows = database.run(lambda connection: connection.exec_driver_sql("SELECT profile FROM epoch").all())
    assert rows == [("sm3",)]


def test_offline_places_lent_for_other_prices_are_not_sold(store: TerminalStore) -> None:
    store.add_leases([lease(2, prices="p1")], 0.0, "boot")
    store.record("S1", opened(prices="p2", offline=True))
    with pytest.raises(SurroundingsError) as refusal:
        store.hold("S1", SLOT, 1, lambda _: True)
    assert refusal.value.fault is Fault.PRICE_LIST_NOT_LEASED
    assert store.leases()[0].used == 0
    store.record("S2", opened(prices="p1", offline=True))
    assert store.hold("S2", SLOT, 1, lambda _: True) is not None
    store.record("S3", opened(prices="p2"))
    assert store.hold("S3", SLOT, 1, lambda _: True) is not None
