"""The kiosk, put together: the only place that knows storage, sync, drivers and screens at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from typing import assert_never, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from i18n.loader import load
from kiosk.app.cash import CashDesk, KioskCash
from kiosk.app.devices import open_devices
from kiosk.app.fleet import KioskMember
from kiosk.app.terminal import open_terminal
from kiosk.app.upkeep_watch import UpkeepWatch
from kiosk.conductor import Conductor
from kiosk.effects import CHANNEL, Effects
from kiosk.journeys.events import Event, HealthChanged, LineChanged, Ticked
from kiosk.journeys.states import House, Welcome
from kiosk.screens.stage import Stage
from kiosk.settings import KioskSettings
from shared.domain.cash import METHOD
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.errors import Fault, StorageFailedError
from shared.selling.assembly import Selling, Workplace, put_together
from shared.selling.fresh import RandomIds
from shared.selling.pausing import Pause
from shared.selling.progress import Progress
from shared.selling.shop import Shop
from shared.storage.upkeep import Upkeep
from shared.sync import news
from shared.system_clock import SystemClock
from shared.ui.bridge import Bridge
from shared.ui.qt_messages import log_qt_messages
from shared.ui.theme import Theme
from shared.ui.tokens import Tokens

TICK_MS = 1000
HEALTH_TICKS = 5  # from one look at the disk and the business day to the next
BUG = 70  # EX_SOFTWARE: the service is started again, and the journal goes on


class Kiosk:
    """A running kiosk. Made and used on Qt's main thread; `close` stops every thread it started.

    `failed` is called, on any thread, when a bug of ours stopped a worker.
    """

    def __init__(self, settings: KioskSettings, clock: Clock, failed: Callable[[], None]) -> None:
        self._clock = clock
        self._ids = RandomIds()
        self._pause = Pause()
        self._bridge = Bridge()
        self._bridge.connect_handler(self._receive)
        with ExitStack() as opened:  # what fails half-way leaves no thread behind
            member = KioskMember(clock)
            self.terminal = open_terminal(settings, clock, self._hear, member)
            opened.callback(self.terminal.close)
            catalog, prices = self.terminal.wares()
            self._devices = open_devices(settings, self._bridge.post)
            member.watch(self._devices.readings)
            shop = Shop(catalog, prices, self.terminal.store, self.terminal.engine, clock, CHANNEL)
            self._effects = Effects(shop, settings.visit.product, self._sale_id, self._bridge.post, failed)
            cash = self._open_cash(catalog)
            self.selling = put_together(self._workplace(catalog, cash))
            self._attach(cash)
            self._upkeep = UpkeepWatch(self._daily(settings, catalog, self.selling), failed)
            self._running = opened.pop_all()
        self._zone = catalog.zone
        house = self._house(settings, catalog)
        self.stage = Stage(Theme(Tokens(settings.screen.declared())), house)
        self.conductor = Conductor(house, self.stage.show_state, self._effects.perform)
        self.stage.happened.connect(self.conductor.handle)
        self._looks = 0
        self._ticker = QTimer()
        self._ticker.timeout.connect(self._tick)

    def start(self) -> None:
        """Shows the first screen and lets the devices speak."""
        self.stage.show_state(self.conductor.state)
        self._devices.start()
        self._ticker.start(TICK_MS)

    def close(self) -> None:
        """Stops; a sale under way is left to the next start."""
        self._ticker.stop()
        self._pause.close()
        self._effects.close()
        self._upkeep.close()
        self._devices.stop()
        self._running.close()
        self.stage.close()

    def _house(self, settings: KioskSettings, catalog: Catalog) -> House:
        visit, today = settings.visit, self._today()
        return House(catalog, visit.product, self._devices.ways(), today, bookable_days=visit.days_ahead + 1)

    def _open_cash(self, catalog: Catalog) -> KioskCash | None:
        unit, printer = self._devices.cash, self._devices.printer
        if unit is None:
            return None
        desk = CashDesk(self.terminal, catalog, printer, self._clock, self._ids, self._pause, self._bridge.post)
        return KioskCash(unit, desk)

    def _attach(self, cash: KioskCash | None) -> None:
        resume = self.selling.aftersales.resume
        if cash is None:
            self._effects.attach(self.selling.process, resume)
        else:
            self._effects.attach(self.selling.process, lambda: cash.resume(resume), cash.look)

    def _workplace(self, catalog: Catalog, cash: KioskCash | None) -> Workplace:
        terminal, printer = self.terminal, self._devices.printer
        return Workplace(
            terminal_id=terminal.who.terminal_id,
            key=terminal.key,
            store=terminal.store,
            line=terminal.engine,
            trusted_now=terminal.engine.trusted_now,
            catalog=catalog,
            protection=terminal.keys.protection,
            printer=printer,
            width_dots=printer.width_dots,
            methods={**self._devices.methods, **({METHOD: cash.payment} if cash else {})},
            wording=load,
            clock=self._clock,
            ids=self._ids,
            tell=self._told,
            pause=self._pause,
            channel=CHANNEL,
            receipt_printer=self._devices.receipt_printer,
        )

    def _daily(self, settings: KioskSettings, catalog: Catalog, selling: Selling) -> Upkeep:
        def today() -> date | None:
            day = selling.days.today()
            return None if day is None else day.day

        terminal = self.terminal
        path, zone = terminal.database.path, catalog.zone
        return Upkeep(path, terminal.store, settings.upkeep, zone, self._clock, today)

    def _health(self) -> Event:
        """On a worker. Also what ends a business day at its hour on a machine that nobody uses."""
        fault = self.terminal.store.health()
        try:
            no_day = fault is None and self.selling.days.today() is None
        except StorageFailedError as error:
            return HealthChanged(error.fault)
        return HealthChanged(Fault.DAY_NOT_OPEN if no_day else fault)

    def _told(self, progress: Progress) -> None:
        self._effects.tell(progress)
        self.terminal.engine.poke()

    def _sale_id(self) -> str:
        return self._ids.sale_id(self._clock.now().astimezone(self._zone))

    def _receive(self, event: object) -> None:
        self.conductor.handle(cast(Event, event))

    def _hear(self, heard: news.News) -> None:
        """On the sync thread. News from central is a sign that the line is up."""
        match heard:
            case news.WentOnline() | news.FactsChanged() | news.LeasesChanged():
                self._bridge.post(LineChanged(online=True))
            case news.WentOffline():
                self._bridge.post(LineChanged(online=False))
            case news.ClockWentBack() | news.JournalRefused():
                pass  # logged by sync; the supervisor's page shows them
            case _:
                assert_never(heard)

    def _today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def _tick(self) -> None:
        self.conductor.handle(Ticked(self._clock.monotonic(), self._today()))
        self._looks = (self._looks + 1) % HEALTH_TICKS
        if self._looks == 0:
            self._effects.ask(self._health)
        self._upkeep.consider(quiet=isinstance(self.conductor.state.at, Welcome))


def run(settings: KioskSettings) -> int:
    """Opens the kiosk on the screen until it is told to end. The answer is the process's exit status."""
    log_qt_messages()
    application = QApplication([])
    broken = threading.Event()

    def failed() -> None:
        broken.set()
        QTimer.singleShot(0, application, application.quit)

    kiosk = Kiosk(settings, SystemClock(), failed)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    show_window(kiosk.stage, settings)
    kiosk.start()
    application.exec()
    kiosk.close()
    return BUG if broken.is_set() else 0


def show_window(stage: Stage, settings: KioskSettings) -> None:
    """Full screen on a kiosk; a window of half the size on a desk."""
    if settings.screen.full_screen:
        stage.showFullScreen()
    else:
        stage.show()
