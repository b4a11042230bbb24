"""What runs in the process that is killed: the real store, process and drivers, with every port numbered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from drivers.contracts.payment import PaymentMethod
from drivers.contracts.printer import Block, Cut, Feed, QrCode
from drivers.emulators.wechat_gateway import Behaviour, make_code
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import Typeface
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import BackOff, Connection
from drivers.transport.line import Transport
from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit, SlotKey
from shared.domain.clock import Clock
from shared.domain.sale_state import Sale, Ticket
from shared.domain.ticket import TicketPayload
from shared.security.keys import SigningKey
from shared.security.ticket_code import seal
from shared.selling.fresh import RandomIds
from shared.selling.paying import Payer
from shared.selling.ports import Counter, Pace, SheetPrinter
from shared.selling.process import SaleProcess
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.sync.ports import Line
from tests.crash.points import (
    NumberedDatabase,
    NumberedLine,
    NumberedMethod,
    NumberedPrinter,
    NumberedWire,
    Points,
)
from tests.selling.conftest import KEY, START, TestLine, basket

TERMINAL = "t1"
PACE = Pace(
    query_every=3.0,
    settle_for=9.0,
    reverse_every=5.0,
    reverse_tries=2,
    printer_poll=1.0,
    printer_patience=12.0,
    sheet_recovery=0.15,  # waited for at the printer itself, so in real seconds
)
TIMING = PrinterTiming(answer=0.4, margin=0.4, poll=0.05, grace=0.05)
_HASTE = 45.0  # so many seconds of waiting pass in one real second


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


class CodedSheets:
    """Sheets that say in codes what they are, so that the paper can be read back."""

    def ticket(self, sale: Sale, ticket: Ticket) -> tuple[Block, ...]:
        return (QrCode(ticket.qr), Feed(2), Cut())

    def receipt(self, sale: Sale) -> tuple[Block, ...]:
        return (QrCode(f"RECEIPT {sale.sale_id}"), Cut())

    def claim(self, sale: Sale) -> tuple[Block, ...]:
        return (QrCode(f"CLAIM {sale.claim.code if sale.claim else ''}"), Cut())


class SlotSealer:
    """Signs real tickets without a catalogue."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def seal(self, opened: ev.SaleOpened, unit: LeaseUnit, ticket_id: bytes, generation: int) -> str:
        start = SlotKey.parse(opened.slot).start
        until = start + timedelta(hours=1)
        payload = TicketPayload(self._key.public.key_id, unit, ticket_id, 1, start, start, until, generation & 0xF)
        return seal(payload, self._key)


@dataclass(frozen=True)
class Booth:
    """A process at its counter, and what a visitor can do there."""

    process: SaleProcess
    store: TerminalStore

    def choose(self, sale_id: str, tickets: int = 2) -> None:
        self.process.open(sale_id, basket(tickets))

    def pay(self, sale_id: str, behaviour: Behaviour = Behaviour.APPROVE) -> None:
        self.process.pay(sale_id, Payer("wechat", make_code(behaviour)))

    def leave(self, sale_id: str) -> None:
        self.process.cancel(sale_id)

    def restart(self) -> None:
        """What happens at every start of the machine."""
        self.process.resume()


@dataclass(frozen=True)
class Parts:
    """What is made once, before the processes that will be killed."""

    wechat: PaymentMethod
    typeface: Typeface


@contextmanager
def open_booth(database: Path, printer_address: str, parts: Parts, points: Points) -> Iterator[Booth]:
    """A booth over this database and this printer; its gateway is in the parts."""
    numbered = NumberedDatabase(database, points)
    printer = escpos_printer(printer_address, parts.typeface, lambda wire: NumberedWire(wire, points))
    printer.open()
    try:
        yield _booth(numbered, printer, parts.wechat, points)
    finally:
        printer.close()
        numbered.close()


def _booth(database: Database, printer: EscPosPrinter, wechat: PaymentMethod, points: Points) -> Booth:
    clock = HastyClock()
    store = TerminalStore(database, Pen(TERMINAL, 1, KEY), clock)
    line = NumberedLine(TestLine(store, left=20), points)
    method = NumberedMethod(wechat, points)
    return Booth(SaleProcess(counter(store, line, NumberedPrinter(printer, points), method, clock)), store)


def counter(
    store: TerminalStore, line: Line, printer: SheetPrinter, method: PaymentMethod, clock: PausingClock
) -> Counter:
    """A counter at which paper and time can be checked; nobody looks at its screen."""
    methods, sheets, sealer = {method.name: method}, CodedSheets(), SlotSealer(KEY)
    return Counter(
        store, line, printer, methods, sheets, sealer, clock, RandomIds(), lambda _: None, clock.pause, PACE
    )  # fmt: skip


def escpos_printer(address: str, typeface: Typeface, wired: Callable[[Transport], Transport]) -> EscPosPrinter:
    """The real driver over a wire that `wired` may wrap."""
    connect = connector(parse_address(address))
    connection = Connection(lambda: wired(connect()), time.monotonic, lambda: 0.0, BackOff(0.0, 0.05))
    return EscPosPrinter(connection, Renderer(load_profiles()["80mm"], typeface), time.monotonic, TIMING)
