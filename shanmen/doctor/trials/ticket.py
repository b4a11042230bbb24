"""The test ticket: what shows at a glance whether a printer prints the whole width, every script, and a code."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from drivers.contracts.printer import (
    Block,
    Cut,
    NotStarted,
    PrintAnswer,
    Printed,
    PrintJob,
    PrintUnknown,
    QrCode,
    Rule,
    TextLine,
    WeaklyConfirmed,
)
from drivers.device_settings import DeviceSettings
from drivers.registry_printer import build_printer
from shanmen.doctor.finding import Finding
from shanmen.doctor.opened import opened
from shanmen.doctor.words import say

_SCRIPTS = (
    ("zh-Hans", "简体中文 门票"),
    ("zh-Hant", "繁體中文 門票"),
    ("ja", "日本語 入場券"),
    ("ko", "한국어 입장권"),
    ("ru", "Русский билет"),
    ("en", "English ticket"),
)
_CODE_BYTES = 4


@dataclass(frozen=True, slots=True)
class TestTicket:
    """What is printed. `code` is what its QR code says, for the scanner to read."""

    __test__ = False  # no test of ours, whatever its name says

    code: str
    blocks: tuple[Block, ...]


def make_test_ticket(terminal: str, at: datetime, language: str) -> TestTicket:
    """A ticket for `terminal`, made `at` (told in the machine's own zone)."""
    code = f"SHANMEN-TEST-{secrets.token_hex(_CODE_BYTES).upper()}"
    scripts = tuple(TextLine(text, "centre", language=tongue) for tongue, text in _SCRIPTS)
    blocks: tuple[Block, ...] = (
        TextLine(say("test-ticket", "title", language), "centre", size=2, bold=True, language=language),
        Rule(),
        TextLine(say("test-ticket", "compare", language), language=language),
        *scripts,
        Rule(dashed=True),
        QrCode(code, module_dots=6),
        TextLine(f"{terminal}  {at.astimezone():%Y-%m-%d %H:%M}", "centre"),
        Rule(),
        Cut(),
    )
    return TestTicket(code, blocks)


def print_test(device: DeviceSettings, ticket: TestTicket) -> Finding:
    """Prints it. Raises ConfigurationError."""
    with opened(build_printer(device)) as printer:
        answer = printer.print(PrintJob("doctor", secrets.token_hex(2), ticket.blocks))
    return _finding(device, answer)


def _finding(device: DeviceSettings, answer: PrintAnswer) -> Finding:
    match answer:
        case Printed():
            return Finding("TEST_PRINTED", device.key)
        case WeaklyConfirmed():
            return Finding("TEST_PRINTED_WEAKLY", device.key)
        case NotStarted():
            return Finding("TEST_NOT_PRINTED", device.key)
        case PrintUnknown(cause):
            return Finding("TEST_PRINT_UNKNOWN", device.key, {"cause": cause})
        case _:
            assert_never(answer)
