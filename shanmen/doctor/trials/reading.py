"""A test code before the scanner, a test card on the reader. What is read is looked at and let go of."""

from __future__ import annotations

import time
from typing import assert_never

from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    IdentityAnswer,
    NoDocument,
    ReaderFault,
    ReaderLost,
)
from drivers.contracts.scanner import NothingScanned, ScanAnswer, Scanned, ScannerLost, Unreadable
from drivers.device_settings import DeviceSettings
from drivers.registry import build_scanner
from drivers.registry_identity import build_identity_reader
from shanmen.doctor.finding import Finding
from shanmen.doctor.opened import opened

WAIT_SECONDS = 30.0
_AGAIN_SECONDS = 0.1


def scan(device: DeviceSettings, seconds: float = WAIT_SECONDS) -> ScanAnswer:
    """The first code within `seconds`, or why there is none. Raises ConfigurationError."""
    deadline = time.monotonic() + seconds
    with opened(build_scanner(device)) as scanner:
        answer = scanner.read(seconds)
        while isinstance(answer, ScannerLost) and time.monotonic() < deadline:
            time.sleep(_AGAIN_SECONDS)  # it may come back: a loose cable shows like this
            answer = scanner.read(max(_AGAIN_SECONDS, deadline - time.monotonic()))
        return answer


def code_finding(device: DeviceSettings, answer: ScanAnswer, seconds: float = WAIT_SECONDS) -> Finding:
    """What a scan says about the scanner."""
    match answer:
        case Scanned():
            return Finding("SCANNER_READ", device.key)
        case NothingScanned():
            return Finding("SCANNER_READ_NOTHING", device.key, {"seconds": f"{seconds:g}"})
        case Unreadable():
            return Finding("DEVICE_GARBLED", device.key, {"address": device.address})
        case ScannerLost():
            return Finding("DEVICE_ABSENT", device.key, {"address": device.address})
        case _:
            assert_never(answer)


def read_card(device: DeviceSettings, seconds: float = WAIT_SECONDS) -> Finding:
    """Reads a document and keeps nothing of it but its kind. Raises ConfigurationError."""
    with opened(build_identity_reader(device)) as reader:
        answer = reader.read(seconds)
    return _card_finding(device, answer, seconds)


def _card_finding(device: DeviceSettings, answer: IdentityAnswer, seconds: float) -> Finding:
    match answer:
        case DocumentRead(details) | ConfirmationNeeded(details):
            return Finding("CARD_READ", device.key, {"kind": details.kind.value})
        case NoDocument():
            return Finding("CARD_NOT_SHOWN", device.key, {"seconds": f"{seconds:g}"})
        case DocumentUnreadable(reason):
            return Finding("CARD_NOT_READ", device.key, {"reason": reason.value})
        case ReaderFault(trouble):
            return Finding("READER_FAULT", device.key, {"trouble": trouble.value})
        case ReaderLost():
            return Finding("DEVICE_ABSENT", device.key, {"address": device.address})
        case _:
            assert_never(answer)
