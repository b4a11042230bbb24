"""What the store remembers of open sales is never other than what stands in the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from shared.domain import sale as ev
from shared.domain.sale_history import HistoryError
from shared.storage import sales
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.sale_memory import SaleMemory
from tests.storage.world import KEY, NOW, open_store, opened

PEN = Pen("t1", 1, KEY)


class PowerFailedError(Exception):
    """Stands for whatever keeps a transaction from its commit."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(tmp_path / "terminal.sqlite")
    open_store(found)
    yield found
    found.close()


def test_a_step_goes_on_from_what_is_remembered(database: Database) -> None:
    memory = SaleMemory()
    created = database.run(lambda c: sales.record(c, PEN, NOW, "S2", [opened()], memory))
    assert database.run(lambda c: memory.recall(c, "S2")) is created
    assert database.run(lambda c: sales.read(c, "S2", memory)) is created


def test_a_transaction_that_came_to_nothing_is_not_remembered(database: Database) -> None:
    memory = SaleMemory()

    def begun(connection: Connection) -> None:
        sales.record(connection, PEN, NOW, "S3", [opened()], memory)
        raise PowerFailedError

    with pytest.raises(PowerFailedError):
        database.run(begun)
    assert database.run(lambda c: memory.recall(c, "S3")) is None
    assert database.run(lambda c: sales.record(c, PEN, NOW, "S3", [opened(2)], memory)).opened == opened(2)


def test_what_another_wrote_is_seen(database: Database) -> None:
    memory, other = SaleMemory(), SaleMemory()
    database.run(lambda c: sales.record(c, PEN, NOW, "S2", [opened()], memory))
    database.run(lambda c: sales.record(c, PEN, NOW, "S2", [ev.SaleClosed("released")], other))
    assert database.run(lambda c: sales.read(c, "S2", memory)).outcome == "released"
    with pytest.raises(HistoryError):
        database.run(lambda c: sales.record(c, PEN, NOW, "S2", [ev.SaleClosed("released")], memory))
