"""The stage on which processes die, one for all crash tests of a test process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.crash.booth import TERMINAL, HastyClock
from tests.crash.nursery import open_nursery
from tests.crash.stage import Stage
from tests.selling.conftest import KEY, lease

LATE_SECONDS = 0.2


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("crash")
    stocked = _stocked(folder / "template.sqlite")
    with (
        WeChatGatewayEmulator(folder / "gateway", slow_seconds=LATE_SECONDS) as gateway,
        open_nursery(gateway.settings()) as nursery,
    ):
        yield Stage(gateway, folder / "gateway", nursery, stocked, folder)


def _stocked(path: Path) -> Path:
    database = Database(path)
    TerminalStore(database, Pen(TERMINAL, 1, KEY), HastyClock()).add_leases([lease(4)], 0.0, "boot")
    database.close()
    return path
