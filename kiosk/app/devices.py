"""The kiosk's devices: opened from the settings, watched, and heard as events."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.attendance import Attend, attend_scanner
from drivers.contracts.payment import PaymentMethod
from drivers.contracts.printer import Printer, PrinterStatus
from drivers.contracts.scanner import Scanned, Unreadable
from drivers.health import Health, Lost, printer_health
from drivers.host import DeviceHost
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_settings import WeChatSettings
from drivers.printer.driver import EscPosPrinter
from drivers.printer.hosted import HostedPrinter
from drivers.printer.typeface import TypefaceMissingError
from drivers.registry import DeviceSettings, build_printer, build_scanner
from kiosk.journeys.events import CodeShown, Event, PrinterChanged, ScannerChanged
from kiosk.journeys.pay_states import Way
from kiosk.settings import DeviceSection, KioskSettings
from shared.domain.payment_code import NotAPaymentCode, OtherCode, classify
from shared.errors import Fault, SurroundingsError

_PRINTER_LOOK_SECONDS = 1.0
_SCANNER_LOOK_SECONDS = 0.0  # its attendance waits for a code by itself


@dataclass(frozen=True)
class Devices:
    """What sells: a printer behind its host and the ways to pay. The scanner speaks through events."""

    printer: HostedPrinter
    methods: dict[str, PaymentMethod]
    hosts: tuple[DeviceHost, ...]

    def ways(self) -> tuple[Way, ...]:
        """The ways to pay, in the order of the settings."""
        return tuple(Way(method.name, method.needs) for method in self.methods.values())

    def start(self) -> None:
        for host in self.hosts:
            host.start()

    def stop(self) -> None:
        for host in self.hosts:
            host.stop()


def open_devices(settings: KioskSettings, post: Callable[[Event], None]) -> Devices:
    """Builds all devices; none is touched before `start`.

    Raises ConfigurationError naming the key at fault, and SurroundingsError (NO_TYPEFACE).
    """
    printer = _printer(settings)
    scanner = build_scanner(_device("scanner", settings.scanner))
    wechat = WeChatPay(WeChatSettings.from_mapping(settings.wechat))
    printer_host = DeviceHost("printer", printer, _watch_printer(printer, post), _PRINTER_LOOK_SECONDS, time.monotonic)
    hear = attend_scanner(scanner, lambda read: post(_code_shown(read)))
    scanner_host = DeviceHost("scanner", scanner, hear, _SCANNER_LOOK_SECONDS, time.monotonic)
    scanner_host.add_listener(lambda health: post(ScannerChanged(not isinstance(health, Lost))))
    return Devices(HostedPrinter(printer, printer_host), {wechat.name: wechat}, (printer_host, scanner_host))


def _printer(settings: KioskSettings) -> EscPosPrinter:
    try:
        return build_printer(_device("printer", settings.printer))
    except TypefaceMissingError as error:
        raise SurroundingsError(Fault.NO_TYPEFACE, str(error)) from error


def _watch_printer(printer: Printer, post: Callable[[Event], None]) -> Attend:
    last: PrinterStatus | None = None

    def attend() -> Health:
        nonlocal last
        status = printer.status()
        if status != last:
            last = status
            post(PrinterChanged(status))
        return printer_health(status)

    return attend


def _code_shown(read: Scanned | Unreadable) -> CodeShown:
    match read:
        case Scanned(data):
            return CodeShown(classify(data))
        case Unreadable():
            return CodeShown(NotAPaymentCode(OtherCode.GARBLED))


def _device(key: str, section: DeviceSection) -> DeviceSettings:
    return DeviceSettings(key, section.driver, section.address, section.options)
