from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shift.world import Window


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    window = Window(tmp_path / "terminal.sqlite")
    yield window
    window.database.close()
