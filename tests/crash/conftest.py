"""The stage on which processes die, one for all crash tests of a test process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.crash.assembly import TERMINAL, HastyClock
from tests.crash.nursery import open_nursery
from tests.crash.providers import PROVIDERS, FarSide
from tests.crash.stage import Stage
from tests.selling.conftest import KEY, lease


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("crash")
    stocked = _stocked(folder / "template.sqlite")
    with ExitStack() as opened:
        providers: dict[str, FarSide] = {}
        for name, provider in PROVIDERS.items():
            (folder / name).mkdir()
            providers[name] = opened.enter_context(provider.open(folder / name))
        settings = {name: provider.settings() for name, provider in providers.items()}
        yield Stage(providers, opened.enter_context(open_nursery(settings)), stocked, folder)


def _stocked(path: Path) -> Path:
    database = Database(path)
    TerminalStore(database, Pen(TERMINAL, 1, KEY), HastyClock()).add_leases([lease(4)], 0.0, "boot")
    database.close()
    return path
