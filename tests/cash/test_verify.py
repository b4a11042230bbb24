"""`verify` works the cash book out again from the journal, and names the first table that says something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from shared.storage.verify import verify
from tests.cash.stand import KEY, Stand


@pytest.fixture
def sold(tmp_path: Path, restart: Callable[[], Stand], stand: Stand) -> Path:
    """A copy of a file with a sale and a refund in cash."""
    stand.pay(1150, stand.coin(50), stand.note(2000))
    stand.cash.refund("O1", "R1", 150, 1150)
    copy = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(stand.database.path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE cash_order SET standing = 'claim' WHERE order_no = 'O1'", "cash_order"),
        ("UPDATE cash_stock SET pieces = pieces + 1 WHERE place = 'hopper:hopper-100'", "cash_stock"),
        ("DELETE FROM cash_stock WHERE place = 'acceptor:notes'", "cash_stock"),
        ("UPDATE cash_device SET total = total + 1 WHERE device = 'notes'", "cash_device"),
        ("UPDATE cash_device SET boot = boot + 1 WHERE device = 'coins'", "cash_device"),
        ("UPDATE cash_row SET subject = 'O2' WHERE subject = 'O1'", "cash_row"),
        ("INSERT INTO cash_heard SELECT device, boot + 1, heard, epoch, seq FROM cash_heard LIMIT 1", "cash_heard"),
    ],
)
def test_a_table_that_the_journal_does_not_bear_out_is_found(sold: Path, statement: str, table: str) -> None:
    assert verify(sold, KEY.public).broken is None
    with closing(sqlite3.connect(sold)) as file, file:
        assert file.execute(statement).rowcount > 0
    broken = verify(sold, KEY.public).broken
    assert broken is not None
    assert broken.table == table


def test_an_event_of_a_device_cannot_be_written_twice_nor_taken_back(sold: Path) -> None:
    with closing(sqlite3.connect(sold)) as file:
        with pytest.raises(sqlite3.IntegrityError):
            file.execute("INSERT INTO cash_heard SELECT * FROM cash_heard LIMIT 1")
        with pytest.raises(sqlite3.IntegrityError, match="stays heard"):
            file.execute("DELETE FROM cash_heard")


def test_a_claim_code_is_in_no_repr(stand: Stand) -> None:
    for hopper in stand.emulator.inside.hoppers.values():
        hopper.coins = 0
    stand.pay(1000, stand.note(2000))
    claim = stand.order().claim
    assert claim is not None
    assert claim.code not in repr(stand.order())
    assert claim.code not in repr(stand.claims)
