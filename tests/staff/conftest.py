from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.storage.database import Database
from shared.storage.store import TerminalStore
from tests.storage.world import open_store


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "terminal.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> TerminalStore:
    return open_store(database)
