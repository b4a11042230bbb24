"""A counter at which paper and time can be checked, put together of real parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from drivers.contracts.payment import PaymentMethod
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import Typeface
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import BackOff, Connection
from drivers.transport.line import Transport
from shared.domain.clock import Clock
from shared.selling.fresh import RandomIds
from shared.selling.ports import Counter, Pace, SheetPrinter
from shared.storage.store import TerminalStore
from shared.sync.ports import Line
from tests.crash.sheets import CodedSheets, SlotSealer
from tests.selling.conftest import KEY, START

TERMINAL = "t1"
PACE = Pace(
    query_every=3.0,
    settle_for=9.0,
    reverse_every=5.0,
    reverse_tries=2,
    refund_every=5.0,
    refund_tries=2,
    printer_poll=1.0,
    printer_patience=12.0,
    sheet_recovery=0.15,  # waited for at the printer itself, so in real seconds
)
TIMING = PrinterTiming(answer=0.4, margin=0.4, poll=0.05, grace=0.05)
_HASTE = 60.0  # so many seconds of waiting pass in one real second


class HastyClock:
    """Moves by its own pauses alone, which are shorter than they say: the same run passes the same points."""

    def __init__(self) -> None:
        self._waited = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self._waited)

    def monotonic(self) -> float:
        return self._waited

    def pause(self, seconds: float) -> None:
        self._waited += seconds
        time.sleep(seconds / _HASTE)


class PausingClock(Clock, Protocol):
    """A clock that a process waits by."""

    def pause(self, seconds: float) -> None: ...


def counter(
    store: TerminalStore, line: Line, printer: SheetPrinter, methods: Mapping[str, PaymentMethod], clock: PausingClock
) -> Counter:
    """Nobody looks at its screen."""
    sheets, sealer = CodedSheets(), SlotSealer(KEY)
    return Counter(
        store, line, printer, methods, sheets, sealer, clock, RandomIds(), lambda _: None, clock.pause, PACE
    )  # fmt: skip


def escpos_printer(address: str, typeface: Typeface, wired: Callable[[Transport], Transport]) -> EscPosPrinter:
    """The real driver over a wire that `wired` may wrap."""
    connect = connector(parse_address(address))
    connection = Connection(lambda: wired(connect()), time.monotonic, lambda: 0.0, BackOff(0.0, 0.05))
    return EscPosPrinter(connection, Renderer(load_profiles()["80mm"], typeface), time.monotonic, TIMING)
