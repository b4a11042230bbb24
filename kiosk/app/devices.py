"""The kiosk's devices: opened from the settings, watched, and heard as events."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.attendance import attend_scanner
from drivers.contracts.device import DeviceReading
from drivers.contracts.payment import Needs, PaymentMethod
from drivers.contracts.scanner import Scanned, Unreadable
from drivers.health import Healthy, Lost
from drivers.host import DeviceHost
from drivers.odometer import OdometerFile
from drivers.payment.zvt.terminal import ZvtTerminal
from drivers.payment.zvt.watch import TerminalWatch
from drivers.printer.hosted import HostedPrinter
from drivers.registry import DeviceSettings, build_scanner
from drivers.registry_payment import build_payment_methods
from kiosk.app.cabinet import open_cabinet
from kiosk.app.cash import CashUnit, open_cash
from kiosk.app.printers import open_printer
from kiosk.journeys.events import CodeShown, Event, ScannerChanged, WayChanged
from kiosk.journeys.pay_states import Way
from kiosk.settings import DeviceSection, KioskSettings
from shared.domain.cash import METHOD
from shared.domain.payment_code import NotAPaymentCode, OtherCode, classify

CASH = "cash"
ODOMETER = "odometer.json"
_TERMINAL_LOOK_SECONDS = 20.0
_SCANNER_LOOK_SECONDS = 0.0  # its attendance waits for a code by itself


@dataclass(frozen=True)
class Devices:
    """What sells: printers behind their hosts and the ways to pay. The scanner speaks through events."""

    printer: HostedPrinter
    methods: dict[str, PaymentMethod]
    hosts: tuple[DeviceHost, ...]
    receipt_printer: HostedPrinter | None = None
    cash: CashUnit | None = None

    def readings(self) -> list[DeviceReading]:
        """How every device is and what it did in its life."""
        return [host.reading() for host in self.hosts]

    def ways(self) -> tuple[Way, ...]:
        """The ways to pay, in the order of the settings, cash last."""
        named = tuple(Way(method.name, method.needs) for method in self.methods.values())
        return (*named, Way(METHOD, Needs.CASH)) if self.cash else named

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
    odometer = OdometerFile(settings.terminal.data / ODOMETER)
    tickets = open_printer(_device("printer", settings.printer), post, odometer)
    second = settings.receipt_printer
    receipts = None if second is None else open_printer(_device("receipt_printer", second), None, odometer)
    methods = build_payment_methods(settings.payment, settings.terminal.data)
    hosts = [tickets.host, *([receipts.host] if receipts else []), _scanner(settings, post, odometer)]
    hosts += [_watch(each, post) for each in methods.values() if isinstance(each, ZvtTerminal)]
    if settings.cabinet is not None:
        hosts.append(open_cabinet(_device("cabinet", settings.cabinet), tuple(hosts), odometer))
    cash = open_cash(_device(CASH, settings.devices[CASH]), odometer) if CASH in settings.devices else None
    hosts += [cash.host] if cash else []
    receipt_printer = receipts.printer if receipts else None
    return Devices(tickets.printer, methods, tuple(hosts), receipt_printer, cash)


def _scanner(settings: KioskSettings, post: Callable[[Event], None], odometer: OdometerFile) -> DeviceHost:
    scanner = build_scanner(_device("scanner", settings.scanner))
    hear = attend_scanner(scanner, lambda read: post(_code_shown(read)))
    host = DeviceHost("scanner", scanner, hear, _SCANNER_LOOK_SECONDS, time.monotonic, odometer)
    host.add_listener(lambda health: post(ScannerChanged(not isinstance(health, Lost))))
    return host


def _watch(terminal: ZvtTerminal, post: Callable[[Event], None]) -> DeviceHost:
    """The card terminal is offered while it is ready."""
    watch = TerminalWatch(terminal)
    host = DeviceHost(terminal.name, watch, watch.look, _TERMINAL_LOOK_SECONDS, time.monotonic)
    host.add_listener(lambda health: post(WayChanged(terminal.name, isinstance(health, Healthy))))
    return host


def _code_shown(read: Scanned | Unreadable) -> CodeShown:
    match read:
        case Scanned(data):
            return CodeShown(classify(data))
        case Unreadable():
            return CodeShown(NotAPaymentCode(OtherCode.GARBLED))


def _device(key: str, section: DeviceSection) -> DeviceSettings:
    return DeviceSettings(key, section.driver, section.address, section.options)
