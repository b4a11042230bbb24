"""What runs in the process that is killed: the real store, processes and drivers, and what a visitor can do there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from drivers.contracts.payment import PaymentMethod
from drivers.printer.typeface import Typeface
from shared.domain.booking import Booking
from shared.domain.money import Money
from shared.domain.refund import RefundKind
from shared.domain.refund_state import Refund
from shared.domain.sale_state import Sale
from shared.security.keys import Keyring
from shared.selling.aftersales import Aftersales
from shared.selling.collecting import Collecting
from shared.selling.desk import Desk
from shared.selling.exchanging import Exchanging
from shared.selling.paying import Payer
from shared.selling.ports import Counter
from shared.selling.process import SaleProcess
from shared.selling.refund_plan import Denied, RefundRequest
from shared.selling.refunding import RefundProcess
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.crash.assembly import TERMINAL, HastyClock, counter, escpos_printer
from tests.crash.points import (
    NumberedDatabase,
    NumberedLine,
    NumberedMethod,
    NumberedPrinter,
    NumberedWire,
    Points,
)
from tests.crash.providers import PROVIDERS, Ending
from tests.crash.sheets import refund_sheet
from tests.selling.conftest import KEY, SLOT, TestLine, basket
from tests.selling.desk import ALWAYS_FREE, LONG_AGO


@dataclass(frozen=True)
class Booth:
    """The processes at their counter. `methods`: the names of the ways to pay, the usual one first."""

    process: SaleProcess
    desk: Desk
    store: TerminalStore
    methods: Sequence[str]

    def choose(self, sale_id: str, tickets: int = 2) -> None:
        self.process.open(sale_id, basket(tickets))

    def pay(self, sale_id: str, ending: Ending = Ending.PAID, minor: int | None = None, by: int = 0) -> None:
        """Pays the rest or a part of it, by the usual method or (`by`) another one."""
        method = self.methods[by % len(self.methods)]
        amount = None if minor is None else Money(minor, basket().total.currency)
        self.process.pay(sale_id, Payer(method, PROVIDERS[method].code(ending)), amount)

    def leave(self, sale_id: str) -> None:
        self.process.cancel(sale_id)

    def refund(self, sale_id: str, *indices: int, kind: RefundKind = "refund") -> Refund | Denied:
        """Takes these tickets back under a refund id of their own."""
        refund_id = f"{sale_id}-R{''.join(map(str, indices))}"
        return RefundProcess(self.desk).open(refund_id, self._request(sale_id, indices, kind))

    def exchange(self, sale_id: str, index: int, new_sale: str, minor: int) -> Denied | None:
        """Begins to exchange a ticket for one of another price."""
        opened = replace(basket(1), total=Money(minor, basket().total.currency))
        request = self._request(sale_id, (index,), "exchange")
        return Exchanging(self.desk).open(self.process, new_sale, opened, request)

    def reissue(self, sale_id: str, index: int) -> Sale | Denied:
        return self.aftersales().reissue(self._ticket(sale_id, index), "ann", "wet")

    def collect(self, sale_id: str, booking_id: str, tickets: int = 2) -> None:
        opened = basket(tickets)
        booking = Booking(booking_id, "entry", str(SLOT), opened.categories, opened.total)
        Collecting(self.process, self.store.refunds, "kiosk").collect(sale_id, booking, "en", offline=False)

    def restart(self) -> None:
        """What happens at every start of the machine."""
        self.aftersales().resume()

    def aftersales(self) -> Aftersales:
        return Aftersales(self.desk, self.process, lambda: Keyring().with_key(KEY.public, TERMINAL))

    def _request(self, sale_id: str, indices: Sequence[int], kind: RefundKind) -> RefundRequest:
        return RefundRequest(sale_id, tuple(self._ticket(sale_id, at) for at in indices), kind, "ann", "rain")

    def _ticket(self, sale_id: str, index: int) -> str:
        """The last ticket in this place."""
        return [t.ticket_id for t in self.store.sale(sale_id).tickets if t.index == index][-1]


@dataclass(frozen=True)
class Parts:
    """What is made once, before the processes that will be killed."""

    methods: Mapping[str, PaymentMethod]
    typeface: Typeface


@contextmanager
def open_booth(database: Path, printer_address: str, parts: Parts, usual: str, points: Points) -> Iterator[Booth]:
    """A booth over this database and this printer where one usually pays by the method `usual`."""
    numbered = NumberedDatabase(database, points)
    printer = escpos_printer(printer_address, parts.typeface, lambda wire: NumberedWire(wire, points))
    printer.open()
    try:
        clock = HastyClock()
        store = TerminalStore(numbered, Pen(TERMINAL, 1, KEY), clock)
        line = NumberedLine(TestLine(store, left=20), points)
        methods = {name: NumberedMethod(method, points) for name, method in parts.methods.items()}
        yield booth(counter(store, line, NumberedPrinter(printer, points), methods, clock), store, usual)
    finally:
        printer.close()
        numbered.close()


def booth(selling: Counter, store: TerminalStore, usual: str) -> Booth:
    """The processes of a counter, with a desk that takes tickets back."""
    desk = Desk(
        selling,
        store.refunds,
        ALWAYS_FREE,
        lambda _: False,
        store.open_leases,
        lambda: LONG_AGO,
        refund_sheet,
    )
    process = SaleProcess(replace(selling, exchanges=Exchanging(desk)))
    return Booth(process, desk, store, sorted(selling.methods, key=lambda name: name != usual))
