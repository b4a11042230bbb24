"""A printer behind a print service's raw queue: what the service confirms, and what it cannot know."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.printer import (
    Cut,
    NotStarted,
    PrinterFault,
    PrinterNotReady,
    PrinterReady,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    QrCode,
    WeaklyConfirmed,
)
from drivers.device_settings import DeviceSettings
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.ipp_messages import write_job, write_printer
from drivers.emulators.print_service import PrintServiceEmulator, ServiceTrouble
from drivers.errors import ConfigurationError
from drivers.printer.cups.driver import CupsPrinter
from drivers.printer.cups.ipp import Operation, print_job, read_answer, request
from drivers.registry_printer import build_queue_printer
from tests.drivers.golden_bytes import assert_golden
from tests.drivers.printer_bench import codes_on

TICKET = PrintJob("job-1", "0001", (QrCode("SHANMEN", module_dots=8), Cut()))


@pytest.fixture
def service(emulator: EscPosPrinterEmulator) -> Iterator[PrintServiceEmulator]:
    with PrintServiceEmulator(emulator.address) as service:
        yield service


@pytest.fixture
def queue(service: PrintServiceEmulator) -> Iterator[CupsPrinter]:
    yield from opened(service.address)


def opened(address: str) -> Iterator[CupsPrinter]:
    options = {"answer_seconds": 1.0, "margin_seconds": 1.0, "poll_seconds": 0.05}
    printer = build_queue_printer(DeviceSettings("printer", "cups", address, options))
    printer.open()
    yield printer
    printer.close()


def test_a_completed_job_is_weakly_confirmed_and_on_paper(emulator: EscPosPrinterEmulator, queue: CupsPrinter) -> None:
    assert queue.status() == PrinterReady()
    assert queue.print(TICKET) == WeaklyConfirmed()
    (sheet,) = emulator.wait_for_sheets(1, 3)
    assert codes_on(sheet.image) == ["SHANMEN"]
    assert queue.counters()["sheets"] == 1


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("media-empty-error", PrinterFault.PAPER_OUT),
        ("cover-open-report", PrinterFault.COVER_OPEN),
        ("media-jam", PrinterFault.RECOVERABLE),
        ("offline-report", PrinterFault.OFFLINE),
    ],
)
def test_what_the_service_has_heard_keeps_a_job_back(
    service: PrintServiceEmulator, queue: CupsPrinter, reason: str, fault: PrinterFault
) -> None:
    service.report(reason)
    assert queue.print(TICKET) == NotStarted(PrinterNotReady(frozenset({fault})))
    service.report("media-low-warning")
    assert queue.status() == PrinterReady(paper_low=True)


def test_a_queue_that_takes_nothing_is_offline(service: PrintServiceEmulator, queue: CupsPrinter) -> None:
    for trouble in (ServiceTrouble.STOPPED, ServiceTrouble.REJECTS):
        service.set_fault(trouble)
        assert queue.status() == PrinterNotReady(frozenset({PrinterFault.OFFLINE}))
        service.clear_fault(trouble)


def test_a_queue_stopped_after_the_job_went_in_prints_it_later(
    service: PrintServiceEmulator, queue: CupsPrinter, emulator: EscPosPrinterEmulator
) -> None:
    service.set_fault(ServiceTrouble.STOPS_ON_A_JOB)
    answer = queue.print(TICKET)
    assert answer == PrintUnknown("the job waits in the queue", PrinterNotReady(frozenset({PrinterFault.OFFLINE})))
    goes_on = threading.Timer(0.3, service.clear_fault, [ServiceTrouble.STOPPED])
    goes_on.start()
    assert queue.await_confirmation("0001", 5) == WeaklyConfirmed()
    goes_on.join()
    assert len(emulator.wait_for_sheets(1, 3)) == 1


def test_a_job_that_is_given_up_is_unknown_at_once(service: PrintServiceEmulator, queue: CupsPrinter) -> None:
    service.set_fault(ServiceTrouble.ABORTS)
    assert queue.print(TICKET) == PrintUnknown("the print service gave the job up", PrinterReady())
    assert isinstance(queue.await_confirmation("0001", 30), PrintUnknown)
    assert isinstance(queue.await_confirmation("9999", 30), PrintUnknown), "never handed over by this program"


def test_an_answer_lost_leaves_the_job_unknown(service: PrintServiceEmulator, queue: CupsPrinter) -> None:
    service.set_fault(ServiceTrouble.LOSES_ANSWERS)
    assert isinstance(queue.print(TICKET), PrintUnknown)


def test_another_service_on_the_port_is_no_printer(service: PrintServiceEmulator, queue: CupsPrinter) -> None:
    service.set_fault(ServiceTrouble.SPEAKS_HTML)
    assert isinstance(queue.status(), PrinterUnreachable)
    assert isinstance(queue.print(TICKET), NotStarted)


def test_no_service_means_not_started(emulator: EscPosPrinterEmulator) -> None:
    with PrintServiceEmulator(emulator.address) as gone:
        address = gone.address
    for printer in opened(address):
        assert printer.print(TICKET) == NotStarted(PrinterUnreachable("no print service there"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:631", "ipp://127.0.0.1", "ipp:///printers/x"])
def test_an_address_that_is_no_queue_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^printer\.address: "):
        build_queue_printer(DeviceSettings("printer", "cups", address))


def test_what_goes_out_byte_by_byte() -> None:
    uri = "ipp://127.0.0.1:631/printers/tickets"
    assert_golden("ipp-print-job", print_job(7, uri, "job-1", b"\x1b@"))
    assert_golden("ipp-get-printer", request(Operation.GET_PRINTER_ATTRIBUTES, 8, uri, wanted=("printer-state", "x")))
    assert_golden("ipp-get-job", request(Operation.GET_JOB_ATTRIBUTES, 9, uri, job_id=3, wanted=("job-state",)))


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 255))
def test_no_answer_raises(noise: bytes, place: int, byte: int) -> None:
    read_answer(noise)
    whole = bytearray(write_printer(1, 3, ["media-low", "cover-open"], accepting=True))
    whole[place % len(whole)] = byte
    read_answer(bytes(whole))


def test_an_answer_cut_off_anywhere_is_none() -> None:
    whole = write_job(1, 0, 5, 9)
    assert all(read_answer(whole[:length]) is None for length in range(len(whole)))
    answer = read_answer(whole)
    assert answer is not None
    assert (answer.number("job-id"), answer.number("job-state"), answer.is_success) == (5, 9, True)
