"""How a device is, in one value for the screen, the supervisor and the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

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


def described(health: Health) -> tuple[Literal["healthy", "degraded", "lost"], str, str]:
    """The state's name, its stable code and its text for support."""
    match health:
        case Healthy():
            return "healthy", "", ""
        case Degraded(code, text):
            return "degraded", code, text
        case Lost(cause):
            return "lost", "lost", cause
        case _:
            assert_never(health)


def printer_health(status: PrinterStatus) -> Health:
    """A printer that cannot print still answers: degraded, not lost."""
    match status:
        case PrinterReady(paper_low=True):
            return Degraded("paper_low", "the roll is nearly used up")
        case PrinterReady(sheet_waiting=True):
            return Degraded("sheet_waiting", "a sheet waits to be taken")
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
