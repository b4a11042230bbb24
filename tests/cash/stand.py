"""A cash machine for tests: the real store, drivers and printer, emulated devices on a real pty, a visitor who acts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from drivers.cash.bus import BusTiming
from drivers.cash.machine import CashMachine, cash_machine
from drivers.cash.profile import load_profiles
from drivers.contracts.payment import Charge, PaymentAnswer
from drivers.contracts.payment_steps import CashInserted, PaymentStep
from drivers.contracts.printer import Block, Cut, TextLine
from drivers.emulators.cctalk_bus import CashMachineEmulator
from drivers.printer.driver import EscPosPrinter
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import BackOff, Connection
from shared.domain.cash import Pieces, store_of
from shared.domain.cash_order import CashOrder
from shared.domain.cash_upkeep import CashFilled
from shared.domain.money import Currency, Money
from shared.security.keys import SigningKey
from shared.selling.cash import CashPayment
from shared.selling.cash_ports import CashClaimed, CashPace, Till
from shared.selling.fresh import RandomIds
from shared.selling.ports import SheetPrinter
from shared.storage.cash_book import CashBook
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.storage.verify import verify

KEY = SigningKey.from_seed(bytes(32))
CNY = Currency("CNY")
QUICK = BusTiming(answer=0.15, silence=0.005)
FAST = CashPace(poll=0.005, idle=6.0, patience=1.5, gone=600.0)
Act = Callable[[], object]


class WallClock:
    """The real clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def slip(order: CashOrder) -> tuple[Block, ...]:
    return (TextLine(f"claim {order.claim.code if order.claim else ''}"), Cut())


def machine_at(address: str, profile: str = "cny", timing: BusTiming = QUICK) -> CashMachine:
    """The real driver over a real wire."""
    connection = Connection(connector(parse_address(address)), time.monotonic, lambda: 0.0, BackOff(0.0, 0.02))
    return cash_machine(connection, load_profiles()[profile], time.monotonic, timing=timing)


@dataclass
class Stand:
    """One run of the program beside a machine that outlives it."""

    emulator: CashMachineEmulator
    database: Database
    store: TerminalStore
    machine: CashMachine
    cash: CashPayment
    claims: list[CashClaimed]
    told: list[PaymentStep] = field(default_factory=list)

    @property
    def book(self) -> CashBook:
        return self.store.cash

    def pay(self, amount: int, *acts: Act, order_no: str = "O1") -> PaymentAnswer:
        """A visitor who does the next thing whenever the screen says what may be put in; then leaves."""
        waiting = list(acts)

        def tell(step: PaymentStep) -> None:
            self.told.append(step)
            if isinstance(step, CashInserted):
                act = waiting.pop(0) if waiting else lambda: self.cash.cancel(order_no)
                act()

        return self.cash.submit(Charge(order_no, amount, "CNY", "tickets"), tell)

    def note(self, value: int) -> Act:
        return lambda: self.emulator.insert_note(value)

    def coin(self, value: int) -> Act:
        return lambda: self.emulator.insert_coin(value)

    def order(self, order_no: str = "O1") -> CashOrder:
        found = self.book.order(order_no)
        assert found is not None
        return found

    def balances(self) -> dict[str, int]:
        return {str(each.account): each.balance.minor for each in self.store.trial_balance()}

    def kinds(self) -> list[str]:
        """The kinds of all discrepancies found so far."""
        return [each.kind for each in self.book.discrepancies()]


def till_at(
    machine: CashMachine, store: TerminalStore, printer: SheetPrinter, claimed: Callable[[CashClaimed], None]
) -> Till:
    """What cash is taken with, at an open machine; for a process that is killed too: nothing of it is in memory."""
    return Till(store.cash, machine.devices, printer, slip, RandomIds(), WallClock(), time.sleep, claimed, "CNY", FAST)


def open_stand(
    path: Path,
    emulator: CashMachineEmulator,
    printer: EscPosPrinter,
    wrap: Callable[[Till], Till] = lambda till: till,
    profile: str = "cny",
) -> Stand:
    """Opens the file and the bus: once more on the same file and machine is a restart."""
    database = Database(path)
    store = TerminalStore(database, Pen("t1", 1, KEY), WallClock())
    machine = machine_at(emulator.address, profile)
    machine.bus.open()
    claims: list[CashClaimed] = []
    cash = CashPayment(wrap(till_at(machine, store, printer, claims.append)))
    return Stand(emulator, database, store, machine, cash, claims)


def close_stand(stand: Stand) -> None:
    """Closes, and has the file verified."""
    stand.machine.bus.close()
    stand.database.close()
    assert verify(stand.database.path, KEY.public).broken is None


def fill(stand: Stand) -> None:
    """Tells the book what is in the emulated hoppers."""
    hoppers = stand.emulator.inside.hoppers.items()
    pieces = tuple(Pieces(store_of(name), Money(h.value, CNY), h.coins) for name, h in hoppers if h.coins)
    if pieces:
        stand.book.keep(CashFilled(pieces, "0007", "float"))


def worth(stand: Stand) -> dict[str, int]:
    """What physically lies where, by account."""
    inside = stand.emulator.inside
    found = {"acceptor:notes": sum(inside.notes.box), "acceptor:coins": sum(inside.coins.box)}
    found |= {f"hopper:{name}": hopper.value * hopper.coins for name, hopper in inside.hoppers.items()}
    return {account: minor for account, minor in found.items() if minor}


def booked(stand: Stand) -> dict[str, int]:
    """What the ledger says lies where."""
    return {name: minor for name, minor in stand.balances().items() if name.startswith(("acceptor:", "hopper:"))}


def check(stand: Stand, amount: int, where: str) -> None:
    """Every fen is where the books say: kept for O1, paid out again for R1, or back with the visitor."""
    inside = stand.emulator.inside
    order, refund = stand.book.order("O1"), stand.book.order("R1")
    kept = amount if order is not None and order.outcome == "kept" else 0
    refunded = refund.paid_out.minor if refund is not None else 0
    put_in = sum(inside.notes.box) + sum(inside.coins.box)
    assert put_in == kept - refunded + stand.emulator.tray, where
    assert booked(stand) == worth(stand), where
    balances = stand.balances()
    assert balances.get("receivable:cash", 0) == -kept + refunded, where
    assert not balances.keys() & {"cash_held", "claims_owed", "cash_difference"}, where
    assert set(stand.kinds()) <= {"money_without_order", "events_lost"}, where
