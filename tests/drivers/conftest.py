"""A printer and a scanner with their emulators at the other end of the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.serial_scanner import SerialScannerEmulator
from drivers.printer.driver import EscPosPrinter
from drivers.registry import DeviceSettings, build_escpos, build_scanner
from drivers.scanner.driver import SerialScanner

settings.register_profile("shared machine", deadline=None)  # a busy processor is no failure
settings.load_profile("shared machine")

QUICK: dict[str, object] = {"answer_seconds": 0.5, "margin_seconds": 2.0, "poll_seconds": 0.05}


@pytest.fixture
def emulator() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator() as emulator:
        yield emulator


@pytest.fixture
def open_printer() -> Iterator[Callable[..., EscPosPrinter]]:
    """Makes an open printer for an address; closed at the end."""
    with ExitStack() as stack:

        def make(address: str, **options: object) -> EscPosPrinter:
            printer = build_escpos(DeviceSettings("printer", "escpos", address, QUICK | options))
            printer.open()
            stack.callback(printer.close)
            return printer

        yield make


@pytest.fixture
def printer(emulator: EscPosPrinterEmulator, open_printer: Callable[..., EscPosPrinter]) -> EscPosPrinter:
    return open_printer(emulator.address)


@pytest.fixture
def reader() -> Iterator[SerialScannerEmulator]:
    with SerialScannerEmulator() as reader:
        yield reader


@pytest.fixture
def scanner(reader: SerialScannerEmulator) -> Iterator[SerialScanner]:
    scanner = build_scanner(DeviceSettings("scanner", "serial", reader.address))
    assert isinstance(scanner, SerialScanner)
    scanner.open()
    yield scanner
    scanner.close()
