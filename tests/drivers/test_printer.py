"""The printer's contract: what it answers when all is well, and what when paper, cover, knife or line are not."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from drivers.contracts.printer import (
    Block,
    Cut,
    Feed,
    NotStarted,
    Printed,
    PrinterFault,
    PrinterNotReady,
    PrinterReady,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    QrCode,
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


def test_a_job_is_confirmed_once_its_sheet_is_out(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    assert printer.status() == PrinterReady()
    assert printer.print(ticket()) == Printed()
    (sheet,) = emulator.sheets
    assert sheet.data.endswith(b"\x1d(H\x06\x0000" + b"0001")
    assert printer.counters() == {"sheets": 1, "cuts": 1, "jams": 0, "retracted": 0}


@pytest.mark.parametrize("profile", ["80mm", "80mm-native-qr"])
def test_a_code_on_paper_is_read_back(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter, profile: str) -> None:
    printer = open_printer(emulator.address, profile=profile)
    assert printer.print(ticket(blocks=(QrCode(QR),))) == Printed()
    assert codes_on(emulator.sheets[0].image) == [QR]


def test_without_process_ids_a_print_is_weakly_confirmed(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter
) -> None:
    printer = open_printer(emulator.address, profile="80mm-basic")
    assert printer.print(ticket()) == WeaklyConfirmed()
    assert len(emulator.wait_for_sheets(1, 1)) == 1


@pytest.mark.parametrize(
    ("trouble", "fault"),
    [
        (PrinterTrouble.PAPER_OUT, PrinterFault.PAPER_OUT),
        (PrinterTrouble.COVER_OPEN, PrinterFault.COVER_OPEN),
    ],
)
def test_a_printer_that_cannot_print_gets_no_job(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter, trouble: PrinterTrouble, fault: PrinterFault
) -> None:
    emulator.set_fault(trouble)
    assert printer.print(ticket()) == NotStarted(PrinterNotReady(frozenset({fault})))
    emulator.clear_fault(trouble)
    assert printer.print(ticket()) == Printed()
    assert len(emulator.sheets) == 1


def test_the_end_of_the_roll_is_announced(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    emulator.set_fault(PrinterTrouble.NEAR_END)
    assert printer.status() == PrinterReady(paper_low=True)


def test_paper_that_ends_in_mid_job_leaves_it_open_until_paper_is_loaded(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter
) -> None:
    emulator.load_paper(10)
    answer = printer.print(ticket("0007"))
    assert isinstance(answer, PrintUnknown)
    assert answer.status == PrinterNotReady(frozenset({PrinterFault.PAPER_OUT}))
    assert isinstance(printer.await_confirmation("0007", 0.1), PrintUnknown)
    loading = threading.Timer(0.2, emulator.load_paper)
    loading.start()
    assert printer.await_confirmation("0007", 5) == Printed()
    loading.join()
    assert len(emulator.sheets) == 1


def test_a_stuck_knife_leaves_the_job_open_until_it_is_freed(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter
) -> None:
    emulator.set_fault(PrinterTrouble.CUTTER)
    answer = printer.print(ticket())
    assert isinstance(answer, PrintUnknown)
    assert answer.status == PrinterNotReady(frozenset({PrinterFault.CUTTER}))
    emulator.clear_fault(PrinterTrouble.CUTTER)
    assert printer.await_confirmation("0001", 5) == Printed()


def test_a_lost_confirmation_is_unknown_though_the_sheet_is_out(
    emulator: EscPosPrinterEmulator, open_printer: OpenPrinter
) -> None:
    printer = open_printer(emulator.address, margin_seconds=0.3)
    emulator.set_fault(PrinterTrouble.LOSE_CONFIRMATION)
    assert printer.print(ticket()) == PrintUnknown("no confirmation in time", PrinterReady())
    assert len(emulator.sheets) == 1
    assert isinstance(printer.await_confirmation("0001", 0.2), PrintUnknown)
    assert printer.print(ticket("0002")) == Printed()


def test_another_jobs_confirmation_confirms_nothing(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter) -> None:
    printer = open_printer(emulator.address, margin_seconds=0.3)
    assert printer.print(ticket("0001")) == Printed()
    assert isinstance(printer.await_confirmation("0002", 0.2), PrintUnknown)
    emulator.set_fault(PrinterTrouble.LOSE_CONFIRMATION)
    assert isinstance(printer.print(ticket("0001")), PrintUnknown), "the first job's answer must not count again"


def test_a_silent_printer_is_unreachable_and_gets_no_job(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter
) -> None:
    emulator.set_fault(PrinterTrouble.SILENT)
    assert printer.status() == PrinterUnreachable("the printer does not answer")
    assert isinstance(printer.print(ticket()), NotStarted)
    emulator.clear_fault(PrinterTrouble.SILENT)
    until_ready(printer)
