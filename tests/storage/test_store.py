"""The terminal's database: what is written stays, places are never sold twice, and a reopened file goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.domain import sale as ev
from shared.domain.journal import GENESIS, is_intact
from shared.domain.sale_history import HistoryError
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from tests.storage.world import KEY, SLOT, lease, open_store, opened


def test_the_journal_is_a_chain_of_signed_hashes(store: TerminalStore) -> None:
    store.record("S1", opened())
    store.record("S1", ev.SaleClosed("released"))
    previous = GENESIS
    for number, event in enumerate(store.journal_after(0, 10), start=1):
        assert event.seq == number
        assert is_intact(event, previous)
        assert KEY.public.verifies(event.signature, event.hash)
        assert event.body["sale_id"] == "S1"
        previous = event.hash
    assert [e.seq for e in store.journal_after(1, 10)] == [2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = '{}'",
        "DELETE FROM journal",
        (
            "INSERT INTO journal SELECT epoch, seq + 5, previous_hash, zeroblob(32), at, type, schema, sale_id, body, "
            "signature FROM journal WHERE seq = 1"
        ),
        "INSERT INTO lease_use VALUES (x'6c656173652d2d31', 3, 'S1')",
    ],
)
def test_the_database_itself_refuses_to_forget_or_to_oversell(
    database: Database, store: TerminalStore, statement: str
) -> None:
    store.record("S1", opened())
    store.add_leases([lease(2)], 0.0, "boot")
    with pytest.raises(IntegrityError):
        database.run(lambda connection: connection.execute(text(statement)))


def test_an_impossible_event_writes_nothing(store: TerminalStore) -> None:
    store.record("S1", opened())
    with pytest.raises(HistoryError):
        store.record("S1", ev.SaleClosed("done"))
    assert len(store.journal_after(0, 10)) == 1
    assert store.open_sales() == ["S1"]


def test_places_are_taken_from_the_lease_that_ends_first_and_come_back(store: TerminalStore) -> None:
    store.add_leases([lease(2, b"later---", 9), lease(2, b"sooner--", 3)], 0.0, "boot")
    store.record("S1", opened(3))
    held = store.hold("S1", SLOT, 3, lambda _: True)
    assert held is not None
    assert [(u.lease_id, u.k) for u in held.units] == [(b"sooner--", 1), (b"sooner--", 2), (b"later---", 1)]
    store.record("S1", ev.SaleClosed("released"))
    assert [s.used for s in store.leases()] == [0, 0]


def test_no_places_from_a_lease_that_may_not_sell_or_is_closed(store: TerminalStore) -> None:
    store.add_leases([lease(2)], 0.0, "boot")
    store.record("S1", opened(2))
    assert store.hold("S1", SLOT, 2, lambda _: False) is None
    assert store.close_lease(b"lease--1") == 0
    assert store.hold("S1", SLOT, 2, lambda _: True) is None
    assert len(store.leases()) == 1
    store.settle_lease(b"lease--1")
    assert store.leases() == []


def test_twenty_windows_at_once_never_share_a_place(store: TerminalStore) -> None:
    store.add_leases([lease(7)], 0.0, "boot")

    def sell(number: int) -> list[int]:
        sale_id = f"S{number:02}"
        store.record(sale_id, opened(2))
        held = store.hold(sale_id, SLOT, 2, lambda _: True)
        return [u.k for u in held.units] if held else []

    with ThreadPoolExecutor(20) as pool:
        sold = [k for ks in pool.map(sell, range(20)) for k in ks]
    assert sorted(sold) == list(range(1, 7))


def test_everything_is_there_after_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    first = Database(path)
    store = open_store(first)
    store.record("S1", opened())
    store.put_fact("cursor", {"at": 5})
    store.acknowledge(1, {1: "duplicate"})
    first.close()
    second = Database(path)
    store = open_store(second)
    assert store.sale("S1").opened.language == "en"
    assert store.fact("cursor") == {"at": 5}
    assert store.fact("nothing") is None
    assert store.acknowledged() == 1
    store.record("S1", ev.SaleClosed("released"))
    assert [e.seq for e in store.journal_after(0, 9)] == [1, 2]
    second.close()
