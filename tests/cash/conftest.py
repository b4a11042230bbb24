"""A cash machine, a printer, and the program beside them, which can be restarted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from drivers.emulators.cctalk_bus import CashMachineEmulator
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import find_typeface
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import BackOff, Connection
from tests.cash.stand import Stand, close_stand, fill, open_stand

settings.register_profile("shared machine", deadline=None)  # a busy processor is no failure
settings.load_profile("shared machine")


@pytest.fixture
def emulator() -> Iterator[CashMachineEmulator]:
    with CashMachineEmulator() as emulator:
        yield emulator


@pytest.fixture
def paper() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator() as paper:
        yield paper


@pytest.fixture
def printer(paper: EscPosPrinterEmulator) -> Iterator[EscPosPrinter]:
    connection = Connection(connector(parse_address(paper.address)), time.monotonic, lambda: 0.0, BackOff(0.0, 0.05))
    timing = PrinterTiming(answer=0.3, margin=0.5, poll=0.05, grace=0.05)
    driver = EscPosPrinter(connection, Renderer(load_profiles()["80mm"], find_typeface()), time.monotonic, timing)
    driver.open()
    yield driver
    driver.close()


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
