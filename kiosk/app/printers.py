"""The kiosk's printers: one for tickets, and where there is a second one, that for receipts and slips."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.attendance import Attend
from drivers.contracts.printer import Printer, PrinterStatus
from drivers.health import Health, printer_health
from drivers.host import DeviceHost
from drivers.odometer import Odometer
from drivers.printer.cups.driver import CupsPrinter
from drivers.printer.driver import EscPosPrinter
from drivers.printer.hosted import HostedPrinter
from drivers.printer.presenter import PresenterWatch
from drivers.printer.typeface import TypefaceMissingError
from drivers.registry import DeviceSettings, build_printer
from kiosk.journeys.events import Event, PrinterChanged
from shared.errors import Fault, SurroundingsError

_LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class HostedDevice:
    """A printer for its callers, and the host whose thread it lives on."""

    printer: HostedPrinter
    host: DeviceHost


def open_printer(settings: DeviceSettings, told: Callable[[Event], None] | None, odometer: Odometer) -> HostedDevice:
    """Builds a printer; it is not touched before its host starts. `told` hears of every change of its status.

    Raises ConfigurationError naming the key at fault, and SurroundingsError (NO_TYPEFACE).
    """
    driver = _built(settings)
    watch = PresenterWatch(driver, time.monotonic) if isinstance(driver, EscPosPrinter) else driver
    attend = _attend(watch, told or (lambda _: None))
    host = DeviceHost(settings.key, driver, attend, _LOOK_SECONDS, time.monotonic, odometer)
    return HostedDevice(HostedPrinter(driver, host), host)


def _built(settings: DeviceSettings) -> EscPosPrinter | CupsPrinter:
    try:
        return build_printer(settings)
    except TypefaceMissingError as error:
        raise SurroundingsError(Fault.NO_TYPEFACE, str(error)) from error


def _attend(watch: PresenterWatch | Printer, told: Callable[[Event], None]) -> Attend:
    last: PrinterStatus | None = None

    def attend() -> Health:
        nonlocal last
        status = watch.status()
        if status != last:
            last = status
            told(PrinterChanged(status))
        return printer_health(status)

    return attend
