"""Notes and coins at the kiosk: the bus behind its host, and the way to pay that keeps its book in the journal."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.cash.attendance import attend_cash
from drivers.cash.building import build_cash
from drivers.cash.hosted import hosted_devices
from drivers.contracts.cash import CashDevices
from drivers.device_settings import DeviceSettings
from drivers.health import Lost
from drivers.host import DeviceHost
from drivers.odometer import OdometerFile
from i18n.loader import load
from kiosk.app.terminal import Terminal
from kiosk.journeys.events import CashOwed, Event, WayChanged
from kiosk.journeys.pay_states import Owed
from shared.domain.cash import METHOD
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.domain.money import Money
from shared.printing.cash_slip import CashSlips
from shared.selling.cash import CashPayment
from shared.selling.cash_ports import CashClaimed, Till
from shared.selling.ports import Ids, SheetPrinter

_LOOK_SECONDS = 2.0


@dataclass(frozen=True)
class CashUnit:
    """The devices on the bus, called on their host's thread."""

    devices: CashDevices
    host: DeviceHost


def open_cash(settings: DeviceSettings, odometer: OdometerFile) -> CashUnit:
    """Builds the devices; none is touched before the host starts. Raises ConfigurationError."""
    machine = build_cash(settings)
    host = DeviceHost(METHOD, machine.bus, attend_cash(machine.devices), _LOOK_SECONDS, time.monotonic, odometer)
    return CashUnit(hosted_devices(machine.devices, host), host)


@dataclass(frozen=True)
class CashDesk:
    """What paying in cash needs beside the devices. `printer` is for slips, `pause` ends with the machine."""

    terminal: Terminal
    catalog: Catalog
    printer: SheetPrinter
    clock: Clock
    ids: Ids
    pause: Callable[[float], None]
    post: Callable[[Event], None]


class KioskCash:
    """The way to pay, and what the screen is told of it."""

    def __init__(self, unit: CashUnit, desk: CashDesk) -> None:
        self._unit, self._post = unit, desk.post
        slips = CashSlips(desk.catalog, load, desk.terminal.who.terminal_id, desk.clock)
        till = Till(
            desk.terminal.store.cash,
            unit.devices,
            desk.printer,
            slips.slip,
            desk.ids,
            desk.clock,
            desk.pause,
            self._claimed,
            desk.catalog.site.currency.code,
        )
        self.payment = CashPayment(till)
        unit.host.add_listener(lambda health: self._tell(works=not isinstance(health, Lost)))

    def resume(self, rest: Callable[[], None]) -> None:
        """At the start: the devices' counts against the book's, then what else was left open."""
        self.payment.start()
        rest()

    def look(self, amount: Money) -> None:
        """Tells before the payment whether cash is taken for this amount, and whether change is given."""
        if isinstance(self._unit.host.health, Lost):
            self._tell(works=False)  # asking devices that are gone would hold the sale up
            return
        outlook = self.payment.outlook(amount.minor)
        self._tell(works=outlook.possible, exact_only=outlook.exact_only)

    def _tell(self, *, works: bool, exact_only: bool = False) -> None:
        self._post(WayChanged(METHOD, works, exact_only))

    def _claimed(self, claim: CashClaimed) -> None:
        self._post(CashOwed(Owed(claim.code, claim.owed, claim.printed)))
