"""How a device is, in one value for the screen, the supervisor and the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from drivers.contracts.printer import PrinterNotReady, PrinterReady, PrinterStatus, PrinterUnreachable
from drivers.contracts.scanner import NothingScanned, ScanAnswer, Scanned, ScannerLost, Unreadable


@dataclass(frozen=True, slots=True)
class Healthy:
    """Does all that it should."""


@dataclass(frozen=True, slots=True)
class Degraded:
    """Answers, and needs a person's hand now or soon. `code` is stable (`paper_low`), `text` is for support."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Does not answer."""

    cause: str


Health = Healthy | Degraded | Lost


def printer_health(status: PrinterStatus) -> Health:
    """A printer that cannot print still answers: degraded, not lost."""
    match status:
        case PrinterReady(paper_low=True):
            return Degraded("paper_low", "the roll is nearly used up")
        case PrinterReady():
            return Healthy()
        case PrinterNotReady():
            faults = sorted(fault.value for fault in status.faults)
            return Degraded(faults[0], "cannot print: " + ", ".join(faults))
        case PrinterUnreachable():
            return Lost(status.cause)
        case _:
            assert_never(status)


def scanner_health(answer: ScanAnswer) -> Health:
    """An unreadable code is the code's fault, not the scanner's."""
    match answer:
        case Scanned() | NothingScanned() | Unreadable():
            return Healthy()
        case ScannerLost():
            return Lost(answer.cause)
        case _:
            assert_never(answer)
