"""The scanner's contract, over a pty."""

from __future__ import annotations

import time

import pytest

from drivers.contracts.scanner import NothingScanned, Scanned, ScannerLost, Unreadable
from drivers.emulators.serial_scanner import ScannerTrouble, SerialScannerEmulator
from drivers.registry import DeviceSettings, build_scanner
from drivers.scanner.driver import SerialScanner

CODE = "134567890123456789"


def test_a_code_comes_without_its_frame(reader: SerialScannerEmulator, scanner: SerialScanner) -> None:
    reader.present(CODE)
    assert scanner.read(2) == Scanned(CODE.encode())
    assert scanner.counters() == {"reads": 1, "unreadable": 0}


def test_no_code_is_no_error(scanner: SerialScanner) -> None:
    assert scanner.read(0.05) == NothingScanned()


def test_a_code_held_before_the_reader_counts_once(reader: SerialScannerEmulator, scanner: SerialScanner) -> None:
    reader.present(CODE)
    reader.present(CODE)
    reader.present("another")
    assert [scanner.read(1), scanner.read(1)] == [Scanned(CODE.encode()), Scanned(b"another")]
    assert scanner.read(0.05) == NothingScanned()


def test_a_code_that_dribbles_in_is_whole(reader: SerialScannerEmulator, scanner: SerialScanner) -> None:
    reader.set_fault(ScannerTrouble.SLOW)
    reader.present(CODE)
    assert scanner.read(2) == Scanned(CODE.encode())


@pytest.mark.parametrize("trouble", [ScannerTrouble.GARBLE, ScannerTrouble.CUT_OFF])
def test_a_damaged_code_is_unreadable_and_the_next_one_whole(
    reader: SerialScannerEmulator, scanner: SerialScanner, trouble: ScannerTrouble
) -> None:
    reader.set_fault(trouble)
    reader.present(CODE)
    assert isinstance(scanner.read(1), Unreadable)
    reader.clear_fault(trouble)
    reader.present(CODE)
    assert scanner.read(1) == Scanned(CODE.encode())


def test_an_unplugged_scanner_is_found_again(reader: SerialScannerEmulator, scanner: SerialScanner) -> None:
    reader.unplug()
    assert isinstance(scanner.read(1), ScannerLost)
    assert isinstance(scanner.read(1), ScannerLost)
    reader.plug()
    deadline = time.monotonic() + 5
    while isinstance(scanner.read(0.05), ScannerLost):
        assert time.monotonic() < deadline
    reader.present(CODE)
    assert scanner.read(2) == Scanned(CODE.encode())


def test_a_port_in_use_is_lost_not_shared(reader: SerialScannerEmulator, scanner: SerialScanner) -> None:
    second = build_scanner(DeviceSettings("scanner", "serial", reader.address))
    second.open()
    assert isinstance(second.read(0.05), ScannerLost)
    second.close()


def test_no_code_stands_in_a_repr() -> None:
    assert CODE not in repr(Scanned(CODE.encode()))
