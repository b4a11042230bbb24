"""The light of the machine: on while it serves, blinking while a device needs a hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from drivers.device_settings import DeviceSettings
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.relay_board import RelayBoardEmulator
from drivers.odometer import OdometerFile
from kiosk.app.cabinet import open_cabinet
from kiosk.app.printers import open_printer


def test_the_light_blinks_until_the_paper_is_loaded(tmp_path: Path) -> None:
    odometer = OdometerFile(tmp_path / "odometer.json")
    with EscPosPrinterEmulator() as paper, RelayBoardEmulator() as board:
        printer = open_printer(DeviceSettings("printer", "escpos", paper.address), None, odometer)
        settings = DeviceSettings("cabinet", "modbus-relay", board.address, {"blink_seconds": 0.2})
        cabinet = open_cabinet(settings, (printer.host,), odometer)
        cabinet.start()
        printer.host.start()
        stays(board, lit=True)
        paper.set_fault(PrinterTrouble.NEAR_END)
        stays(board, lit=True)
        paper.set_fault(PrinterTrouble.PAPER_OUT)
        for lit in (False, True, False):
            until(lambda lit=lit: board.relay(1) is lit)  # type: ignore[misc]
        board.open_contact(1)
        until(lambda: cabinet.reading().code == "door_open")
        paper.load_paper()
        stays(board, lit=True)
        assert printer.host.stop()
        assert cabinet.stop()
        assert not board.relay(1), "a machine that is off has no light"


def stays(board: RelayBoardEmulator, *, lit: bool) -> None:
    """Comes to be so within some seconds, and is so for one."""
    deadline, since = time.monotonic() + 10, time.monotonic()
    while time.monotonic() - since < 1:
        assert time.monotonic() < deadline
        if board.relay(1) is not lit:
            since = time.monotonic()
        time.sleep(0.02)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
