"""A row that cannot be read is named by the one before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from shared.storage.audit.verdict import BrokenError, rows


@pytest.fixture
def table() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a INTEGER, b TEXT)")
        yield connection


@pytest.mark.parametrize(("whole", "place"), [(0, "the first row"), (2, "the row after 1, one")])
def test_the_place_of_what_cannot_be_read(table: sqlite3.Connection, whole: int, place: str) -> None:
    table.executemany("INSERT INTO t VALUES (?, 'one')", [(number,) for number in range(whole)])
    table.execute("INSERT INTO t VALUES (9, CAST(x'ff' AS TEXT))")
    with pytest.raises(BrokenError) as broken:
        list(rows(table, "t", "SELECT a, b FROM t ORDER BY a"))
    assert broken.value.broken.key == place
