"""Cash at the window: in the book once, the drawer opened for it, and remembered over a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from drivers.contracts.drawer import DrawerOpen, DrawerShut
from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    Paid,
    PaymentMethod,
    Refunded,
    Reversed,
    Unknown,
)
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.printer.drawer import DrawerWiring
from drivers.printer.driver import EscPosPrinter
from shared.domain import sale as ev
from shared.domain.money import Money
from shared.domain.shift.events import METHOD
from shared.selling import till
from shared.selling.till import TillCash
from tests.drivers.conftest import emulator, open_printer, printer
from tests.shift.world import CNY, DRAWER, Window
from tests.storage.world import PRICE, hold, issued, lease

__all__ = ["emulator", "open_printer", "printer"]


@dataclass
class Cashier:
    """Says what was tendered; with `None` she waits until it is called off."""

    tenders: int | None = 10000
    asked: list[str] = field(default_factory=list)

    def tendered(self, charge: Charge, is_cancelled: Callable[[], bool]) -> int | None:
        self.asked.append(charge.order_no)
        while self.tenders is None and not is_cancelled():
            time.sleep(0.005)
        return self.tenders


@dataclass
class Desk:
    """One drawer at a real printer's connector, and its cash."""

    window: Window
    printer: EscPosPrinter
    cashier: Cashier = field(default_factory=Cashier)

    @property
    def cash(self) -> TillCash:
        """As after a start of the program: nothing is remembered but the book."""
        drawer = self.printer.drawer(DrawerWiring(open_seconds=0.3))
        return TillCash(till.Window(DRAWER, "CNY", self.window.book, drawer, self.cashier))

    def drawer(self) -> object:
        return self.printer.drawer(DrawerWiring()).drawer()

    def holds(self) -> int:
        return self.window.balance(f"drawer:{DRAWER}")


@pytest.fixture
def desk(window: Window, printer: EscPosPrinter) -> Desk:
    window.open(50000)
    return Desk(window, printer)


def charge(order_no: str = "O1", minor: int = 6000, currency: str = "CNY") -> Charge:
    return Charge(order_no, minor, currency, "2 tickets")


def test_it_is_a_way_to_pay_by_cash(desk: Desk) -> None:
    method: PaymentMethod = desk.cash
    assert (method.name, method.needs) == ("till", Needs.CASH)


def test_an_order_is_taken_once_and_opens_the_drawer(desk: Desk, emulator: EscPosPrinterEmulator) -> None:
    assert desk.drawer() == DrawerShut()
    assert desk.cash.submit(charge()) == Paid("O1", 6000, "CNY")
    assert desk.drawer() == DrawerOpen()
    emulator.push_drawer()
    desk.window.restart()
    assert desk.cash.query("O1") == Paid("O1", 6000, "CNY")
    assert desk.cash.submit(charge()) == Paid("O1", 6000, "CNY")
    assert desk.cashier.asked == ["O1"]
    assert desk.drawer() == DrawerShut()
    assert desk.holds() == 56000
    taken = desk.window.book.taken("O1")
    assert taken is not None
    assert taken.tendered.minor == 10000


@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_nothing_is_taken_without_a_shift(window: Window, printer: EscPosPrinter, currency: str) -> None:
    desk = Desk(window, printer)
    if currency == "USD":
        window.open(0)
    answer = desk.cash.submit(charge(currency=currency))
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.NOT_SUPPORTED
    assert desk.cashier.asked == []
    assert desk.drawer() == DrawerShut()


def test_too_little_is_not_taken(desk: Desk) -> None:
    desk.cashier.tenders = 5999
    answer = desk.cash.submit(charge())
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.INSUFFICIENT_FUNDS
    assert isinstance(desk.cash.query("O1"), Declined)
    assert desk.holds() == 50000


def test_a_payment_is_called_off_before_or_while_it_waits(desk: Desk) -> None:
    cash = desk.cash
    cash.cancel("O1")
    assert isinstance(cash.submit(charge()), Declined)
    assert desk.cashier.asked == []
    desk.cashier.tenders = None
    caller = threading.Timer(0.05, cash.cancel, ["O2"])
    caller.start()
    answer = cash.submit(charge("O2"))
    caller.join()
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.CANCELLED
    assert desk.drawer() == DrawerShut()


def test_money_goes_back_through_the_drawer_once(desk: Desk, emulator: EscPosPrinterEmulator) -> None:
    desk.cash.submit(charge())
    emulator.push_drawer()
    for _ in range(2):
        assert desk.cash.reverse("O1") == Reversed()
        desk.window.restart()
    assert desk.drawer() == DrawerOpen()
    assert desk.holds() == 50000
    assert desk.cash.query("O1") == Reversed()
    assert isinstance(desk.cash.submit(charge()), Declined)
    assert desk.cash.reverse("never seen") == Reversed()
    assert desk.window.broken() is None


def test_a_refund_is_given_once_and_never_beyond_the_order(desk: Desk, emulator: EscPosPrinterEmulator) -> None:
    desk.cash.submit(charge())
    emulator.push_drawer()
    for _ in range(2):
        assert desk.cash.refund("O1", "R1", 4000, 6000) == Refunded("R1")
        desk.window.restart()
    assert desk.drawer() == DrawerOpen()
    assert desk.holds() == 52000
    assert isinstance(desk.cash.refund("O1", "R2", 2001, 6000), Declined)
    assert isinstance(desk.cash.refund("O9", "R3", 1, 6000), Declined)
    assert desk.holds() == 52000


def test_without_a_shift_a_refund_is_refused_and_a_reversal_waits(desk: Desk) -> None:
    desk.cash.submit(charge())
    desk.window.close(56000)
    assert isinstance(desk.cash.refund("O1", "R1", 1, 6000), Declined)
    assert isinstance(desk.cash.reverse("O1"), Unknown)
    desk.window.open(10000)
    assert desk.cash.reverse("O1") == Reversed()
    assert desk.holds() == 4000


def test_a_drawer_that_stays_shut_does_not_undo_a_payment(desk: Desk, emulator: EscPosPrinterEmulator) -> None:
    emulator.set_fault(PrinterTrouble.DRAWER_STUCK)
    assert desk.cash.submit(charge()) == Paid("O1", 6000, "CNY")
    assert desk.drawer() == DrawerShut()
    assert desk.holds() == 56000


def test_sale_and_drawer_agree_in_the_ledger(desk: Desk) -> None:
    store = desk.window.store
    store.add_leases([lease(9)], 0.0, "boot")
    units = hold(store, "S1")
    store.record("S1", ev.PaymentCreated(1, METHOD, "O1", Money(PRICE, CNY)), ev.PaymentSubmitted(1))
    assert isinstance(desk.cash.submit(charge(minor=PRICE)), Paid)
    assert desk.window.balance("receivable:till") == -PRICE
    store.record("S1", ev.PaymentAnswered(1, "paid", "O1"), *issued("S1", units), ev.SaleClosed("done"))
    assert desk.window.balance("receivable:till") == 0
    assert desk.holds() == 50000 + PRICE
    report = desk.window.book.report(1)
    assert report is not None
    assert [(each.name, each.amount.minor) for each in report.trading.by_method] == [("till", PRICE)]
    assert report.taken.minor == PRICE
    assert desk.window.broken() is None
