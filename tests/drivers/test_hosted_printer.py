"""A printer asked through its host: nothing hangs, and what was not begun printed nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from drivers.attendance import attend_printer
from drivers.contracts.printer import (
    Cut,
    NotStarted,
    Printed,
    PrinterReady,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    TextLine,
)
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.host import DeviceHost
from drivers.printer.hosted import HostedPrinter
from drivers.registry import DeviceSettings, build_printer

TICKET = PrintJob("job", "0001", (TextLine("门票"), Cut()))


@dataclass(frozen=True)
class Station:
    host: DeviceHost
    printer: HostedPrinter


@pytest.fixture
def station(emulator: EscPosPrinterEmulator) -> Iterator[Station]:
    options = {"answer_seconds": 0.5, "margin_seconds": 2.0, "poll_seconds": 0.05}
    driver = build_printer(DeviceSettings("printer", "escpos", emulator.address, options))
    host = DeviceHost("printer", driver, attend_printer(driver), 1.0, time.monotonic)
    host.start()
    yield Station(host, HostedPrinter(driver, host, print_seconds=0.5))
    host.stop()


def test_the_same_answers_from_any_thread(station: Station) -> None:
    assert station.printer.status() == PrinterReady()
    assert station.printer.print(TICKET) == Printed()
    assert station.printer.width_dots == 576


def test_a_busy_device_means_not_started(emulator: EscPosPrinterEmulator, station: Station) -> None:
    release = threading.Event()
    station.host.call(release.wait, 10)
    assert isinstance(station.printer.print(TICKET), NotStarted)
    release.set()
    assert station.printer.status() == PrinterReady()
    assert emulator.sheets == []


def test_paper_is_waited_for_while_the_device_can_be_asked(emulator: EscPosPrinterEmulator, station: Station) -> None:
    emulator.load_paper(10)
    assert isinstance(station.printer.print(TICKET), PrintUnknown)
    loading = threading.Timer(1.5, emulator.load_paper)
    loading.start()
    assert station.printer.await_confirmation("0001", 10) == Printed()
    loading.join()


def test_waiting_ends_when_the_device_is_stopped(emulator: EscPosPrinterEmulator, station: Station) -> None:
    emulator.load_paper(10)
    assert isinstance(station.printer.print(TICKET), PrintUnknown)
    stopping = threading.Timer(0.2, station.host.stop)
    stopping.start()
    start = time.monotonic()
    assert isinstance(station.printer.await_confirmation("0001", 60), PrintUnknown)
    assert time.monotonic() - start < 3
    stopping.join()
    assert isinstance(station.printer.status(), PrinterUnreachable)
    assert isinstance(station.printer.print(TICKET), NotStarted)
