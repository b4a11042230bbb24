"""From configuration to a driver; a mistake is one sentence that names its key."""

from __future__ import annotations

import pytest

from drivers.errors import ConfigurationError
from drivers.registry import DeviceSettings, build_printer, build_scanner
from drivers.transport.address import (
    PrinterNodeAddress,
    SerialAddress,
    TcpAddress,
    UsbPrinterAddress,
    UsbSerialAddress,
    connector,
    parse_address,
)
from drivers.transport.line import TransportError
from drivers.transport.usb_places import UsbIdentity


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://127.0.0.1:9100", TcpAddress("127.0.0.1", 9100)),
        ("serial:///dev/ttyUSB0", SerialAddress("/dev/ttyUSB0", 9600)),
        ("serial:///dev/ttyS1?baud=115200", SerialAddress("/dev/ttyS1", 115200)),
        ("serial://by-id/1a86:7523", UsbSerialAddress(UsbIdentity(0x1A86, 0x7523), 9600)),
        ("usb:///dev/usb/lp0", PrinterNodeAddress("/dev/usb/lp0")),
        ("usb://by-id/04b8:0202:X1", UsbPrinterAddress(UsbIdentity(0x04B8, 0x0202, "X1"))),
        ("serial://by-id/0483:5740:AB12?baud=19200", UsbSerialAddress(UsbIdentity(0x0483, 0x5740, "AB12"), 19200)),
    ],
)
def test_addresses(text: str, address: object) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        (DeviceSettings("printer", "star", "tcp://127.0.0.1:1"), "printer.driver"),
        (DeviceSettings("printer", "escpos", "usb:1"), "printer.address"),
        (DeviceSettings("printer", "escpos", "tcp://127.0.0.1"), "printer.address"),
        (DeviceSettings("printer", "escpos", "tcp://127.0.0.1:99999"), "printer.address"),
        (DeviceSettings("printer", "escpos", "serial:///dev/ttyS0?baud=fast"), "printer.address"),
        (DeviceSettings("printer", "escpos", "serial:///dev/ttyS0?parity=E"), "printer.address"),
        (DeviceSettings("printer", "escpos", "serial://by-id/printer"), "printer.address"),
        (DeviceSettings("printer", "escpos", "tcp://127.0.0.1:1", {"profile": "90mm"}), "printer.profile"),
        (DeviceSettings("printer", "escpos", "tcp://127.0.0.1:1", {"profile": 80}), "printer.profile"),
        (DeviceSettings("printer", "escpos", "tcp://127.0.0.1:1", {"margin_seconds": "5"}), "printer.margin_seconds"),
        (DeviceSettings("printer", "escpos", "tcp://127.0.0.1:1", {"profil": "80mm"}), "printer.profil"),
    ],
)
def test_a_mistake_names_its_key_in_one_sentence(settings: DeviceSettings, key: str) -> None:
    with pytest.raises(ConfigurationError) as mistake:
        build_printer(settings)
    assert mistake.value.key == key
    assert str(mistake.value).startswith(f"{key}: ")
    assert str(mistake.value).endswith(".")


def test_a_scanners_options_are_checked_too() -> None:
    for option, value in (("suffix", "newline"), ("max_length", 0), ("idle_seconds", -1), ("prefix", None)):
        with pytest.raises(ConfigurationError, match=f"^scanner.{option}: "):
            build_scanner(DeviceSettings("scanner", "serial", "serial:///dev/ttyS0", {option: value}))


def test_a_usb_device_that_is_not_plugged_in_is_named() -> None:
    for wire in ("serial", "usb"):
        with pytest.raises(TransportError, match="dead:beef"):
            connector(parse_address(f"{wire}://by-id/dead:beef"))()
