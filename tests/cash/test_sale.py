"""Whole sales paid in cash: tickets for money, money for no tickets, and the same after the program was stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from drivers.contracts.payment_steps import CashInserted
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.printer.driver import EscPosPrinter
from shared.domain.money import Money
from shared.selling import progress
from shared.selling.fresh import RandomIds
from shared.selling.pausing import MachineClosing
from shared.selling.paying import Payer
from shared.selling.ports import Counter
from shared.selling.process import SaleProcess
from tests.cash.stand import CNY, Act, Stand, booked, worth
from tests.selling.conftest import FAST, PlainSealer, PlainSheets, TestLine, WallClock, basket, lease


@dataclass
class Visitor:
    """Acts whenever the screen says what may be put in, and leaves when there is nothing more to do."""

    process: SaleProcess
    acts: list[Act]
    told: list[progress.Progress] = field(default_factory=list)

    def hear(self, said: progress.Progress) -> None:
        self.told.append(said)
        if isinstance(said, progress.PaymentStepReached) and isinstance(said.step, CashInserted):
            act = self.acts.pop(0) if self.acts else lambda: self.process.stop_paying("S1")
            act()


def process_of(stand: Stand, printer: EscPosPrinter, *acts: Act) -> Visitor:
    """A sale process that takes cash, and its visitor."""
    visitor: list[Visitor] = []

    def hear(said: progress.Progress) -> None:
        visitor[0].hear(said)

    counter = Counter(
        stand.store,
        TestLine(stand.store),
        printer,
        {"cash": stand.cash},
        PlainSheets(),
        PlainSealer(),
        WallClock(),
        RandomIds(),
        hear,
        time.sleep,
        FAST,
    )
    visitor.append(Visitor(SaleProcess(counter), list(acts)))
    return visitor[0]


@pytest.fixture
def open_sale(stand: Stand, printer: EscPosPrinter) -> Callable[..., Visitor]:
    """A sale of 120 yuan that waits for its payment."""

    def make(*acts: Act) -> Visitor:
        stand.store.add_leases([lease(6)], 0.0, "boot")
        visitor = process_of(stand, printer, *acts)
        visitor.process.open("S1", basket())
        return visitor

    return make


def test_notes_become_tickets_and_change(
    stand: Stand, open_sale: Callable[..., Visitor], paper: EscPosPrinterEmulator
) -> None:
    visitor = open_sale(stand.note(10000), stand.note(5000))
    visitor.process.pay("S1", Payer("cash"))
    assert stand.store.sale("S1").outcome == "done"
    assert len(paper.sheets) == 3, "two tickets and the receipt"
    assert stand.emulator.tray == 3000
    assert booked(stand) == worth(stand)
    assert not stand.balances().keys() & {"receivable:cash", "cash_held", "clearing:cash", "tickets_owed"}
    assert stand.balances()["sales:entry"] == -12000


def test_who_leaves_gets_everything_back_and_may_try_again(stand: Stand, open_sale: Callable[..., Visitor]) -> None:
    visitor = open_sale(stand.note(5000))
    visitor.process.pay("S1", Payer("cash"))
    assert stand.emulator.tray == 5000
    assert [type(said) for said in visitor.told][-1] is progress.PaymentRefused
    visitor.acts[:] = [stand.note(10000), stand.note(2000)]
    visitor.process.pay("S1", Payer("cash"))
    assert stand.store.sale("S1").outcome == "done"
    assert booked(stand) == worth(stand)


def test_a_part_in_cash_goes_back_when_the_sale_is_given_up(stand: Stand, open_sale: Callable[..., Visitor]) -> None:
    visitor = open_sale(stand.note(5000))
    visitor.process.pay("S1", Payer("cash"), Money(5000, CNY))
    visitor.process.cancel("S1")
    assert stand.store.sale("S1").outcome == "released"
    assert stand.emulator.tray == 5000
    assert not stand.balances().keys() & {"receivable:cash", "cash_held", "claims_owed"}


def _stop() -> None:
    raise MachineClosing


@pytest.mark.parametrize(
    ("put_in", "outcome", "tray"), [((5000,), "released", 5000), ((10000, 2000), "done", 0), ((), "released", 0)]
)
def test_a_stop_in_the_middle_is_carried_on_at_the_next_start(
    stand: Stand,
    restart: Callable[[], Stand],
    open_sale: Callable[..., Visitor],
    printer: EscPosPrinter,
    put_in: tuple[int, ...],
    outcome: str,
    tray: int,
) -> None:
    visitor = open_sale(*(stand.note(value) for value in put_in[:-1]), lambda: _last(stand, put_in))
    with pytest.raises(MachineClosing):
        visitor.process.pay("S1", Payer("cash"))
    again = restart()
    again.cash.start()
    process_of(again, printer).process.resume()
    assert again.store.sale("S1").outcome == outcome
    assert again.emulator.tray == tray
    assert booked(again) == worth(again)
    assert not again.balances().keys() & {"receivable:cash", "cash_held", "claims_owed", "clearing:cash"}


def _last(stand: Stand, put_in: tuple[int, ...]) -> None:
    """The last note goes all the way in; then the program is stopped before it has heard of it."""
    notes = stand.emulator.inside.notes
    for value in put_in[-1:]:
        stand.emulator.insert_note(value)
        notes.answer(154, b"\x01")
        time.sleep(0.05)
        notes.answer(159, b"")
    _stop()
