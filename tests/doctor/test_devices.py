"""Every device in every condition: absent, forbidden, taken, silent, garbled, another one on its port."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.print_service import PrintServiceEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.pty_port import PtyPort
from drivers.emulators.sdt_reader import SdtReaderEmulator, SdtTrouble
from drivers.emulators.serial_scanner import SerialScannerEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.emulators.zvt_terminal import ZvtTerminalEmulator
from drivers.transport.serial_port import SerialTransport
from shanmen.doctor.finding import Finding
from tests.doctor.ward import Ward


@pytest.fixture
def usb_printer() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator(over="usb") as printer:
        yield printer


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (PrinterTrouble.PAPER_OUT, "PRINTER_PAPER_OUT"),
        (PrinterTrouble.NEAR_END, "PRINTER_PAPER_LOW"),
        (PrinterTrouble.COVER_OPEN, "PRINTER_COVER_OPEN"),
        (PrinterTrouble.SILENT, "DEVICE_SILENT"),
    ],
)
def test_a_printer_s_trouble(ward: Ward, printer: EscPosPrinterEmulator, trouble: PrinterTrouble, key: str) -> None:
    printer.set_fault(trouble)
    assert ward.found("printer") == [key]
    printer.clear_fault(trouble)
    assert ward.found("printer") == ["PRINTER_WELL"]


def test_two_troubles_are_two_findings(ward: Ward, printer: EscPosPrinterEmulator) -> None:
    printer.set_fault(PrinterTrouble.PAPER_OUT)
    printer.set_fault(PrinterTrouble.COVER_OPEN)
    assert ward.found("printer") == ["PRINTER_COVER_OPEN", "PRINTER_PAPER_OUT"]


def test_nobody_at_the_network_printer_s_address(ward: Ward, printer: EscPosPrinterEmulator) -> None:
    printer.close()
    assert ward.found("printer") == ["DEVICE_NOT_ON_NETWORK"]


def test_a_usb_printer_that_is_unplugged_and_plugged_in_again(ward: Ward, usb_printer: EscPosPrinterEmulator) -> None:
    ward.set("printer", {"address": usb_printer.address})
    assert ward.found("printer") == ["PRINTER_WELL"]
    usb_printer.unplug()
    assert ward.found("printer") == ["DEVICE_ABSENT"]
    usb_printer.plug()
    assert ward.found("printer") == ["PRINTER_WELL"]


def test_a_printer_behind_the_print_service(ward: Ward, printer: EscPosPrinterEmulator) -> None:
    with PrintServiceEmulator(printer.address) as service:
        ward.set("printer", {"driver": "cups", "address": service.address})
        assert ward.found("printer") == ["PRINTER_WELL"]
        address = service.address
    assert ward.found("printer") == ["DEVICE_NOT_ON_NETWORK"]
    assert ward.of("printer").facts["address"] == address


def test_cables_that_are_swapped(ward: Ward, scanner: SerialScannerEmulator, reader: SdtReaderEmulator) -> None:
    ward.set("scanner", {"address": reader.address})
    ward.set("devices", {"identity": {"driver": "sdt", "address": scanner.address, "options": {"answer_seconds": 0.3}}})
    assert ward.of("scanner").facts["found"] == "SDT"
    assert ward.found("identity") == ["DEVICE_SILENT"]


def test_a_printer_on_the_card_reader_s_port(ward: Ward) -> None:
    with EscPosPrinterEmulator(over="serial") as other:
        device = {"driver": "sdt", "address": other.address, "options": {"answer_seconds": 0.3}}
        ward.set("devices", {"identity": device})
        assert ward.of("identity").facts["found"] == "ESC/POS"


def test_noise_on_a_port(ward: Ward) -> None:
    port = PtyPort("noise", lambda _: port.send(b"\xf3\x8a\x00"))
    try:
        ward.set("scanner", {"address": f"serial://{port.path}"})
        assert ward.found("scanner") == ["DEVICE_GARBLED"]
        ward.set("printer", {"address": f"serial://{port.path}"})
        assert ward.found("printer") == ["DEVICE_GARBLED"]
    finally:
        port.close()


def test_an_unplugged_scanner(ward: Ward, scanner: SerialScannerEmulator) -> None:
    scanner.unplug()
    assert ward.found("scanner") == ["DEVICE_ABSENT"]


def test_a_port_that_another_program_has(ward: Ward, scanner: SerialScannerEmulator) -> None:
    taken = SerialTransport(scanner.address.removeprefix("serial://"), 9600)
    try:
        assert ward.found("scanner") == ["DEVICE_IN_USE"]
    finally:
        taken.close()


def test_a_port_without_the_right_to_open_it(
    ward: Ward, scanner: SerialScannerEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access  # the tests may run as root, whom nothing is forbidden
    path = scanner.address.removeprefix("serial://")
    monkeypatch.setattr(os, "access", lambda place, mode: str(place) != path and real(place, mode))
    finding = ward.of("scanner")
    assert (finding.key, finding.facts["path"]) == ("DEVICE_NO_RIGHT", path)
    assert finding.facts["group"]


def test_a_keyboard_scanner_that_is_not_there(ward: Ward) -> None:
    for address in ("evdev:///dev/input/event999", "evdev://by-id/0c2e:0b61"):
        ward.set("scanner", {"driver": "keyboard", "address": address})
        assert ward.found("scanner") == ["DEVICE_ABSENT"]


def test_a_usb_device_that_is_not_plugged_in(ward: Ward) -> None:
    ward.set("scanner", {"address": "serial://by-id/0c2e:0b61"})
    ward.set("printer", {"address": "usb://by-id/04b8:0202"})
    assert (ward.found("scanner"), ward.found("printer")) == (["DEVICE_ABSENT"], ["DEVICE_ABSENT"])


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"address": "COM3"}, "printer.address"),
        ({"options": {"profile": "a4"}}, "printer.profile"),
        ({"options": {"colour": "red"}}, "printer.colour"),
    ],
)
def test_a_mistake_in_a_device_s_settings_names_its_key(ward: Ward, values: dict[str, object], key: str) -> None:
    ward.set("printer", values)
    assert ward.of("printer").facts["key"] == key
    assert ward.found("scanner") == ["SCANNER_OPEN"]  # the others are looked at all the same


def test_a_driver_that_nobody_knows(ward: Ward) -> None:
    ward.set("devices", {"robot": {"driver": "arm", "address": "tcp://127.0.0.1:1"}})
    assert ward.found("robot") == ["DEVICE_NOT_EXAMINED"]


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (SdtTrouble.SILENT, "DEVICE_SILENT"),
        (SdtTrouble.SELF_TEST, "READER_FAULT"),
        (SdtTrouble.NOT_AUTHORISED, "READER_FAULT"),
        (SdtTrouble.WRONG_CHECKSUM, "READER_FAULT"),
    ],
)
def test_a_card_reader_s_trouble(ward: Ward, reader: SdtReaderEmulator, trouble: SdtTrouble, key: str) -> None:
    assert ward.found("identity") == ["READER_WELL"]
    reader.set_fault(trouble)
    assert ward.found("identity") == [key]


def test_a_provider_that_refuses_or_is_not_there(ward: Ward, gateway: WeChatGatewayEmulator) -> None:
    assert ward.found("wechat") == ["PAYMENT_WELL"]
    gateway.answer_next(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
    assert ward.found("wechat") == ["PAYMENT_UNCLEAR"]
    gateway.forget_answers()
    ward.set_payment("wechat", {"mchid": "1900000999"})
    (refused,) = ward.found("wechat")
    assert refused in ("PAYMENT_REFUSED", "PAYMENT_UNCLEAR")
    gateway.close()
    assert ward.found("wechat") == ["PAYMENT_UNCLEAR"]


def test_a_merchant_s_key_that_others_may_read_and_a_key_that_is_missing(ward: Ward) -> None:
    assert ward.machine.settings is not None
    key = Path(str(ward.machine.settings.payment["wechat"]["private_key_file"]))
    key.chmod(0o644)
    assert "PAYMENT_KEY_OPEN" in ward.found("wechat")
    key.unlink()
    assert ward.of("wechat") == Finding(
        "SETTING_WRONG", "wechat", {"key": "payment.wechat.private_key_file", "reason": f"{key} cannot be read"}
    )


def test_a_card_terminal_is_asked_for_itself_and_has_no_merchant_s_key(ward: Ward, tmp_path: Path) -> None:
    with ZvtTerminalEmulator(tmp_path / "terminal") as terminal:
        ward.set("payment", {"card": {"driver": "zvt", "address": terminal.address}})
        assert ward.found("card") == ["CARD_TERMINAL_WELL"]
    assert ward.found("card") == ["PAYMENT_UNCLEAR"]
