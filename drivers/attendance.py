"""What a host does with its device while nobody calls: look after it, and take in what it says by itself."""

from __future__ import annotations

from collections.abc import Callable

from drivers.contracts.cabinet import Cabinet, CabinetReading
from drivers.contracts.customer_display import CustomerDisplay
from drivers.contracts.member_card import CardGone, CardPresented, CardUnreadable, MemberCardReader
from drivers.contracts.printer import Printer
from drivers.contracts.scanner import Scanned, Scanner, Unreadable
from drivers.health import Health, printer_health, scanner_health
from drivers.peripheral_health import cabinet_health, card_reader_health, display_health

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


def attend_display(display: CustomerDisplay) -> Attend:
    """Gives a display that came back its text again."""
    return lambda: display_health(display.look())


def attend_cabinet(cabinet: Cabinet, tell: Callable[[CabinetReading], None]) -> Attend:
    """Lets the light blink, and tells every change of the door and the alarm contact, on the device's thread."""
    last: CabinetReading | None = None

    def attend() -> Health:
        nonlocal last
        answer = cabinet.look()
        if isinstance(answer, CabinetReading) and answer != last:
            last = answer
            tell(answer)
        return cabinet_health(answer)

    return attend


def attend_card_reader(
    reader: MemberCardReader, deliver: Callable[[CardPresented | CardGone | CardUnreadable], None]
) -> Attend:
    """Waits a moment for a card and hands on what happened, on the device's thread."""

    def attend() -> Health:
        answer = reader.wait(_READ_SECONDS)
        if isinstance(answer, CardPresented | CardGone | CardUnreadable):
            deliver(answer)
        return card_reader_health(answer)

    return attend
