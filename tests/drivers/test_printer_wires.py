"""The printer's contract over every wire, and over lines that split, garble, add, swallow and break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest

from drivers.contracts.printer import (
    Block,
    Cut,
    Feed,
    Printed,
    PrinterReady,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    QrCode,
    Raster,
)
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.printer.driver import EscPosPrinter
from drivers.transport.address import connector, parse_address
from drivers.transport.usb_places import UsbPlaces
from tests.drivers.printer_bench import codes_on, until_ready
from tests.drivers.tampering import bad_line, garbled_at, split, truncated_at, unasked_at

OpenPrinter = Callable[..., EscPosPrinter]
WIRES: tuple[Literal["tcp", "serial", "usb"], ...] = ("tcp", "serial", "usb")
SMALL: tuple[Block, ...] = (Raster(16, 2, b"\x80\x01\x00\x00"), Feed(5), Cut())


def job(process_id: str = "0001", blocks: tuple[Block, ...] = SMALL) -> PrintJob:
    return PrintJob(f"job-{process_id}", process_id, blocks)


@pytest.mark.parametrize("wire", WIRES)
def test_the_same_sheet_over_every_wire(open_printer: OpenPrinter, wire: Literal["tcp", "serial", "usb"]) -> None:
    with EscPosPrinterEmulator(over=wire) as emulator:
        printer = open_printer(emulator.address)
        assert printer.status() == PrinterReady()
        assert printer.print(job(blocks=(QrCode("SHANMEN", module_dots=8), Cut()))) == Printed()
        assert codes_on(emulator.sheets[0].image) == ["SHANMEN"]
        printer.close()


@pytest.mark.parametrize("wire", ["serial", "usb"])
def test_a_cable_pulled_and_put_back(open_printer: OpenPrinter, wire: Literal["serial", "usb"]) -> None:
    with EscPosPrinterEmulator(over=wire) as emulator:
        printer = open_printer(emulator.address)
        assert printer.print(job()) == Printed()
        emulator.unplug()
        assert isinstance(printer.status(), PrinterUnreachable)
        emulator.plug()
        until_ready(printer)
        assert printer.print(job("0002")) == Printed()
        printer.close()


def test_a_usb_printer_is_found_under_another_name(tmp_path: Path) -> None:
    places = UsbPlaces(sys=tmp_path / "sys", dev=tmp_path / "dev")
    connect = connector(parse_address("usb://by-id/04b8:0202:X1"), places=places)
    with EscPosPrinterEmulator(over="usb") as emulator:
        node = Path(emulator.address.removeprefix("usb://"))
        plugged(places, "lp0", "04b8", "0202", "OTHER", node)
        plugged(places, "lp1", "04b8", "0202", "X1", node)
        connect().close()
        (places.sys / "class/usbmisc/lp1/device").unlink()
        plugged(places, "lp7", "04b8", "0202", "X1", node)
        line = connect()
        line.write(b"\x10\x04\x01", 1)
        assert line.read(10, 1) == b"\x12"
        line.close()


def test_a_serial_device_is_found_under_another_name() -> None:
    names = ["/dev/ttyUSB0"]

    def listed() -> list[SimpleNamespace]:
        return [SimpleNamespace(device=name, vid=0x1A86, pid=0x7523, serial_number="A") for name in names]

    connect = connector(parse_address("serial://by-id/1a86:7523:A"), places=UsbPlaces(ports=listed))
    with EscPosPrinterEmulator(over="serial") as emulator:
        names[:] = [emulator.address.removeprefix("serial://")]
        connect().close()


def plugged(places: UsbPlaces, name: str, vendor: str, product: str, number: str, node: Path) -> None:
    """The kernel's entries for a USB printer, and its device node."""
    device = places.sys / "devices" / name
    (device / "interface").mkdir(parents=True)
    for attribute, value in (("idVendor", vendor), ("idProduct", product), ("serial", number)):
        (device / attribute).write_text(value + "\n")
    entry = places.sys / "class/usbmisc" / name
    entry.mkdir(parents=True)
    (entry / "device").symlink_to(device / "interface")
    (places.dev / "usb").mkdir(parents=True, exist_ok=True)
    (places.dev / "usb" / name).symlink_to(node)


def test_answers_byte_by_byte(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter) -> None:
    with bad_line(emulator.address, split, pause=0.005) as line:
        printer = open_printer(line.address)
        assert printer.print(job()) == Printed()
        printer.close()


@pytest.mark.parametrize("position", range(10))
def test_a_changed_byte_never_confirms_what_was_not_printed(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter, position: int
) -> None:
    """Three status bytes, then the confirmation's seven."""
    with bad_line(emulator.address, garbled_at(position)) as line:
        printer = open_printer(line.address, margin_seconds=0.5, answer_seconds=0.2)
        answer = printer.print(job())
        assert answer != Printed()
        assert position < 3 or isinstance(answer, PrintUnknown)
        printer.close()


@pytest.mark.parametrize("position", range(10))
def test_an_answer_cut_off_never_confirms(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter, position: int
) -> None:
    with bad_line(emulator.address, truncated_at(position)) as line:
        printer = open_printer(line.address, margin_seconds=0.5, answer_seconds=0.2)
        assert printer.print(job()) != Printed()
        until_ready(printer)
        assert printer.print(job("0002")) == Printed()
        printer.close()


@pytest.mark.parametrize("position", [0, 1, 2, 3])
@pytest.mark.parametrize("noise", [b"\x37\x220002\x00", b"\x10\x00\x00\x00", b"\x11\x13", b"\xff\x80"])
def test_what_nobody_asked_for_confirms_nothing_and_stops_nothing(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter, position: int, noise: bytes
) -> None:
    with bad_line(emulator.address, unasked_at(position, noise)) as line:
        printer = open_printer(line.address)
        assert printer.print(job()) == Printed()
        printer.close()


@pytest.mark.parametrize("sent", [0, 2, 5, 9, 10, 300, 4617, 4620, 4650, 4700, 4722])
def test_a_line_that_breaks_after_any_byte_leaves_no_doubt_that_is_not_told(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter, sent: int
) -> None:
    with bad_line(emulator.address, broken_after=sent) as line:
        printer = open_printer(line.address, margin_seconds=0.5, answer_seconds=0.3)
        answer = printer.print(job())
        assert line.has_broken
        assert answer != Printed()
        assert sent >= 9 or not isinstance(answer, PrintUnknown), "nothing of the job had been sent"
        until_ready(printer)
        assert printer.print(job("0002")) == Printed()
        printer.close()
