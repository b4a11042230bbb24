from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.central.world import RunningCentral, Terminal, serve


@pytest.fixture
def central(tmp_path: Path) -> Iterator[RunningCentral]:
    with serve(tmp_path) as running:
        yield running


@pytest.fixture
def terminal(central: RunningCentral) -> Terminal:
    return Terminal(central).enrol()
