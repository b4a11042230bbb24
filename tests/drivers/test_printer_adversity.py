"""The printer on a bad day: lines that drop, answers nobody asked for, programs that died, callers from elsewhere."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import pytest

from drivers.contracts.printer import (
    Block,
    Cut,
    Feed,
    Printed,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    QrCode,
    Raster,
    TextLine,
    WeaklyConfirmed,
)
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.printer.driver import EscPosPrinter
from tests.drivers.printer_bench import codes_on, until_ready

OpenPrinter = Callable[..., EscPosPrinter]
QR = "6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3.ZH9M9ESIGUBA KWMLG/C4*L"


def ticket(process_id: str = "0001", blocks: tuple[Block, ...] = ()) -> PrintJob:
    return PrintJob(f"job-{process_id}", process_id, (TextLine("门票"), *blocks, Feed(20), Cut()))


def test_an_absent_printer_is_unreachable(open_printer: OpenPrinter) -> None:
    with EscPosPrinterEmulator() as gone:
        address = gone.address
    assert isinstance(open_printer(address).status(), PrinterUnreachable)


def test_a_slow_line_changes_nothing_but_the_time(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    emulator.set_fault(PrinterTrouble.SLOW_LINE)
    assert printer.print(ticket()) == Printed()


def test_a_line_dropped_in_mid_job_leaves_it_unknown_and_the_next_sheet_clean(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter
) -> None:
    emulator.set_fault(PrinterTrouble.DROP_CONNECTION)
    answer = printer.print(ticket("0001", blocks=(QrCode(QR, module_dots=8),)))
    assert isinstance(answer, PrintUnknown)
    assert isinstance(answer.status, PrinterUnreachable)
    until_ready(printer)
    assert printer.print(ticket("0002", blocks=(QrCode(QR),))) == Printed()
    assert len(emulator.sheets) == 2, "what is left of the broken job falls by itself"
    torso, sheet = emulator.sheets
    assert codes_on(torso.image) == []
    assert codes_on(sheet.image) == [QR]


def test_printing_takes_its_time_and_the_wait_is_long_enough(open_printer: OpenPrinter) -> None:
    with EscPosPrinterEmulator(speed_mm_s=150) as emulator:
        printer = open_printer(emulator.address, margin_seconds=0.5)
        start = time.monotonic()
        assert printer.print(ticket(blocks=(Feed(60),))) == Printed()
        assert time.monotonic() - start > 90 / 150
        printer.close()


@pytest.mark.parametrize(("profile", "answer"), [("80mm", Printed()), ("80mm-basic", WeaklyConfirmed())])
def test_status_that_comes_unasked_is_not_taken_for_an_answer(
    open_printer: OpenPrinter, profile: str, answer: Printed | WeaklyConfirmed
) -> None:
    with EscPosPrinterEmulator(automatic_status=True) as emulator:
        printer = open_printer(emulator.address, profile=profile)
        for process_id in ("0001", "0002"):
            assert printer.print(ticket(process_id)) == answer
            emulator.set_fault(PrinterTrouble.COVER_OPEN)
            emulator.clear_fault(PrinterTrouble.COVER_OPEN)
        emulator.load_paper(10)
        assert isinstance(printer.print(ticket("0003")), PrintUnknown)
        emulator.load_paper()
        assert printer.await_confirmation("0003", 5) == answer
        printer.close()


def test_a_program_that_died_in_mid_picture_does_not_spoil_the_next_ones_ticket(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter
) -> None:
    host, _, port = emulator.address.removeprefix("tcp://").partition(":")
    with socket.create_connection((host, int(port))) as dying:
        dying.sendall(b"\x1b@\x1dv0\x00\x48\x00\x40\x00" + bytes(100))
    printer = open_printer(emulator.address)
    assert printer.print(ticket(blocks=(QrCode(QR),))) == Printed()
    (sheet,) = emulator.sheets
    assert codes_on(sheet.image) == [QR]


def test_a_printer_obeys_queries_inside_pictures_so_the_driver_sends_none(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter
) -> None:
    query = b"\x10\x04\x01"
    host, _, port = emulator.address.removeprefix("tcp://").partition(":")
    printer.close()
    with socket.create_connection((host, int(port)), timeout=2) as line:
        line.sendall(b"\x1dv0\x00\x03\x00\x01\x00" + query)
        assert line.recv(10) == b"\x12"
    printer.open()
    emulator.set_fault(PrinterTrouble.NEAR_END)
    assert printer.print(ticket(blocks=(Raster(576, 8, query * 24 * 8),))) == Printed()
    assert emulator.sheets[0].data.count(query) == 1, "only the one sent by hand"


def test_a_printer_too_busy_to_answer_is_given_its_time(open_printer: OpenPrinter) -> None:
    with EscPosPrinterEmulator(speed_mm_s=100) as emulator:
        printer = open_printer(emulator.address, answer_seconds=0.2)
        deaf = threading.Timer(0.3, emulator.set_fault, [PrinterTrouble.SILENT])
        hears = threading.Timer(0.9, emulator.clear_fault, [PrinterTrouble.SILENT])
        deaf.start()
        hears.start()
        assert printer.print(ticket(blocks=(Feed(150),))) == Printed()
        until_ready(printer)  # the open question does not spoil the next one
        printer.close()


def test_calls_from_another_thread_are_refused(printer: EscPosPrinter) -> None:
    caught: list[RuntimeError] = []

    def call() -> None:
        try:
            printer.status()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert [str(error) for error in caught] == ["the printer was called outside its thread"]
