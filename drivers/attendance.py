"""What a host does with its device while nobody calls: look after it, and take in what it says by itself."""

from __future__ import annotations

from collections.abc import Callable

from drivers.contracts.printer import Printer
from drivers.contracts.scanner import Scanned, Scanner, Unreadable
from drivers.health import Health, printer_health, scanner_health

Attend = Callable[[], Health]
_READ_SECONDS = 0.1


def attend_printer(printer: Printer) -> Attend:
    """Asks for the status."""
    return lambda: printer_health(printer.status())


def attend_scanner(scanner: Scanner, deliver: Callable[[Scanned | Unreadable], None]) -> Attend:
    """Waits a moment for a code and hands it on, on the device's thread."""

    def attend() -> Health:
        answer = scanner.read(_READ_SECONDS)
        if isinstance(answer, Scanned | Unreadable):
            deliver(answer)
        return scanner_health(answer)

    return attend
