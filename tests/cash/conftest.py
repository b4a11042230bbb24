"""A cash machine, a printer, and the program beside them, which can be restarted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from drivers.emulators.cctalk_bus import CashMachineEmulator
from drivers.printer.driver import EscPosPrinter
from tests.cash.stand import Stand, close_stand, fill, open_stand
from tests.selling.conftest import paper, printer

__all__ = ["emulator", "paper", "printer", "restart", "stand"]

settings.register_profile("shared machine", deadline=None)  # a busy processor is no failure
settings.load_profile("shared machine")


@pytest.fixture
def emulator() -> Iterator[CashMachineEmulator]:
    with CashMachineEmulator() as emulator:
        yield emulator


@pytest.fixture
def restart(tmp_path: Path, emulator: CashMachineEmulator, printer: EscPosPrinter) -> Iterator[Callable[[], Stand]]:
    """Opens a stand on the same file and machine each time: a second call is a restart."""
    stands: list[Stand] = []

    def make() -> Stand:
        while stands:
            close_stand(stands.pop())
        stands.append(open_stand(tmp_path / "t.sqlite", emulator, printer))
        return stands[0]

    yield make
    while stands:
        close_stand(stands.pop())


@pytest.fixture
def stand(restart: Callable[[], Stand]) -> Stand:
    """Met and filled, ready to sell."""
    stand = restart()
    stand.cash.start()
    fill(stand)
    return stand
