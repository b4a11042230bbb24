"""What needs a hand: the test ticket, a code, a card, and one cent back and forth, with emulated hands."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.gateway_codes import Behaviour, make_code
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.sdt_people import PEOPLE
from drivers.emulators.sdt_reader import SdtReaderEmulator, SdtTrouble
from drivers.emulators.serial_scanner import ScannerTrouble, SerialScannerEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.emulators.zvt_terminal import ZvtTerminalEmulator
from kiosk.settings import KioskSettings
from shanmen.bench.paper import photograph
from shanmen.doctor.by_hand import Trials, Wanted
from shanmen.doctor.checks.payment import fresh_order, open_methods
from shanmen.doctor.finding import Finding
from shanmen.doctor.trials.cent import CentTrial
from shanmen.doctor.trials.ticket import TestTicket, make_test_ticket
from tests.central.world import MORNING, SetClock
from tests.doctor.ward import Ward

SECONDS = 5.0


@pytest.fixture
def ticket() -> TestTicket:
    return make_test_ticket("kiosk-1", MORNING, "zh-Hans")


def run(ward: Ward, ticket: TestTicket, hand: Callable[[str], None] = lambda _: None, **wanted: bool) -> list[Finding]:
    """Runs the trials; `hand` does what it is asked for, a moment later."""
    helpers = []

    def ask(what: str, seconds: str) -> None:
        assert seconds
        helper = threading.Timer(0.2, hand, (what,))
        helpers.append(helper)
        helper.start()

    findings = list(Trials(ward.machine, Wanted(**wanted, seconds=SECONDS), ticket, ask).run())
    for helper in helpers:
        helper.join()
    return findings


def keys(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.device, finding.key) for finding in findings]


def test_the_test_ticket_is_printed_and_its_code_is_read_by_the_scanner(
    ward: Ward, ticket: TestTicket, printer: EscPosPrinterEmulator, scanner: SerialScannerEmulator
) -> None:
    def hold_the_ticket(what: str) -> None:
        assert what == "code"
        (read,) = zxingcpp.read_barcodes(photograph(printer.sheets[0].image))
        scanner.present(read.text)

    findings = run(ward, ticket, hold_the_ticket, print=True, code=True)
    assert keys(findings) == [("printer", "TEST_PRINTED"), ("scanner", "SCANNER_READ")]
    assert zxingcpp.read_barcodes(photograph(printer.sheets[0].image))[0].text == ticket.code


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (PrinterTrouble.PAPER_OUT, "TEST_NOT_PRINTED"),
        (PrinterTrouble.CUTTER, "TEST_PRINT_UNKNOWN"),
    ],
)
def test_a_printer_that_cannot_print_the_test(
    ward: Ward, ticket: TestTicket, printer: EscPosPrinterEmulator, trouble: PrinterTrouble, key: str
) -> None:
    ward.set("printer", {"options": {"answer_seconds": 0.5, "margin_seconds": 2.0, "poll_seconds": 0.05}})
    printer.set_fault(trouble)
    assert keys(run(ward, ticket, print=True)) == [("printer", key)]


def test_a_model_that_cannot_confirm_is_told_so(ward: Ward, ticket: TestTicket) -> None:
    ward.set("printer", {"options": {"profile": "80mm-basic"}})
    assert keys(run(ward, ticket, print=True)) == [("printer", "TEST_PRINTED_WEAKLY")]


def test_nothing_before_the_scanner_and_a_garbled_code(
    ward: Ward, ticket: TestTicket, scanner: SerialScannerEmulator
) -> None:
    scanner.set_fault(ScannerTrouble.GARBLE)
    assert keys(run(ward, ticket, lambda _: scanner.present("TEST"), code=True)) == [("scanner", "DEVICE_GARBLED")]
    scanner.unplug()
    assert keys(run(ward, ticket, code=True)) == [("scanner", "DEVICE_ABSENT")]


def test_a_scanner_that_reads_nothing(ward: Ward, ticket: TestTicket) -> None:
    begun = time.monotonic()
    (finding,) = run(ward, ticket, code=True)
    assert (finding.key, finding.facts) == ("SCANNER_READ_NOTHING", {"seconds": "5"})
    assert time.monotonic() - begun < SECONDS + 3


@pytest.mark.parametrize("person", PEOPLE)
def test_a_card_is_read_and_only_its_kind_is_told(
    ward: Ward, ticket: TestTicket, reader: SdtReaderEmulator, person: str
) -> None:
    (finding,) = run(ward, ticket, lambda _: reader.lay_down(PEOPLE[person]), card=True)
    assert finding.key == "CARD_READ"
    assert set(finding.facts) == {"kind"}
    assert PEOPLE[person].number not in repr(finding)
    assert PEOPLE[person].name not in repr(finding)


def test_a_card_that_is_snatched_and_a_reader_without_one(
    ward: Ward, ticket: TestTicket, reader: SdtReaderEmulator
) -> None:
    assert keys(run(ward, ticket, card=True)) == [("identity", "CARD_NOT_SHOWN")]
    reader.set_fault(SdtTrouble.NOT_GENUINE)
    answer = run(ward, ticket, lambda _: reader.lay_down(PEOPLE["resident"]), card=True)
    assert keys(answer) == [("identity", "CARD_NOT_READ")]


def test_one_cent_goes_and_comes_back(
    ward: Ward, ticket: TestTicket, scanner: SerialScannerEmulator, gateway: WeChatGatewayEmulator
) -> None:
    (finding,) = run(ward, ticket, lambda _: scanner.present(make_code()), payment=True)
    assert finding.key == "CENT_BOTH_WAYS"
    assert gateway.taken_minor == 0
    assert len(gateway.payments) == 1


@pytest.mark.parametrize("shown", ["13012345", "https://example.org", "287777" + "0" * 12])
def test_what_is_no_payment_code_is_not_tried(
    ward: Ward, ticket: TestTicket, scanner: SerialScannerEmulator, gateway: WeChatGatewayEmulator, shown: str
) -> None:
    assert keys(run(ward, ticket, lambda _: scanner.present(shown), payment=True)) == [("wechat", "CENT_NOT_TRIED")]
    assert not gateway.payments


def test_one_cent_by_card_goes_and_comes_back(ward: Ward, ticket: TestTicket, tmp_path: Path) -> None:
    with ZvtTerminalEmulator(tmp_path / "terminal") as terminal:
        assert ward.machine.settings is not None
        card = {"driver": "zvt", "address": terminal.address}
        document = {**ward.machine.settings.model_dump(), "payment": {"card": card}}
        ward.machine = dataclasses.replace(ward.machine, settings=KioskSettings.model_validate(document))
        asked: list[str] = []
        (finding,) = run(ward, ticket, asked.append, payment=True)
        assert (finding.key, asked) == ("CENT_BOTH_WAYS", ["terminal"])
        assert len(terminal.transactions) >= 2
        assert terminal.taken_minor == 0


class TestCent:
    """The cent by itself, with every answer lost that can be."""

    @pytest.fixture
    def trial(self, ward: Ward, clock: SetClock) -> CentTrial:
        def sleep(seconds: float) -> None:
            clock.skipped += seconds

        assert ward.machine.settings is not None
        methods = open_methods(ward.machine.settings, "wechat")
        assert isinstance(methods, list)
        return CentTrial(methods[0], fresh_order(), clock, sleep)

    @pytest.mark.parametrize(
        ("behaviour", "key"),
        [
            (Behaviour.APPROVE, "CENT_BOTH_WAYS"),
            (Behaviour.CONFIRM_SOON, "CENT_BOTH_WAYS"),
            (Behaviour.ANSWER_LOST, "CENT_BOTH_WAYS"),
            (Behaviour.NO_SIGNATURE, "CENT_BOTH_WAYS"),
            (Behaviour.NOT_ENOUGH, "CENT_NOT_TAKEN"),
            (Behaviour.CANCEL_SOON, "CENT_NOT_TAKEN"),
            (Behaviour.CONFIRM, "CENT_NOT_TAKEN"),
        ],
    )
    def test_whatever_the_payer_does_no_cent_is_kept(
        self, trial: CentTrial, gateway: WeChatGatewayEmulator, behaviour: Behaviour, key: str
    ) -> None:
        assert trial.run(make_code(behaviour)).key == key
        assert gateway.taken_minor == 0

    def test_a_refund_whose_answer_is_lost_is_made_sure_of(
        self, trial: CentTrial, gateway: WeChatGatewayEmulator
    ) -> None:
        gateway.serve_next()
        with lost_after(gateway, 1):
            finding = trial.run(make_code())
        assert finding.key in ("CENT_BOTH_WAYS", "CENT_NOT_RETURNED")
        assert gateway.taken_minor == 0

    def test_a_provider_that_vanishes_after_it_took_the_cent_is_told_with_the_order(
        self, trial: CentTrial, gateway: WeChatGatewayEmulator
    ) -> None:
        gateway.serve_next()
        for _ in range(40):
            gateway.answer_next(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        finding = trial.run(make_code())
        assert (finding.key, finding.facts["order"]) == ("CENT_NOT_RETURNED", trial.order)
        assert gateway.taken_minor == 1


@contextmanager
def lost_after(gateway: WeChatGatewayEmulator, requests: int) -> Iterator[None]:
    """Loses the answer to the request after so many more."""
    wanted = gateway.requests + requests
    stop = threading.Event()

    def watch() -> None:
        while gateway.requests < wanted and not stop.is_set():
            time.sleep(0.002)
        gateway.lose_next_answer()

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield
    stop.set()
    watcher.join()
