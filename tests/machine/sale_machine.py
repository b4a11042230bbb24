"""Sales, refunds and exchanges in any order among everything that can happen to them, and what must be true then."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from drivers.contracts.payment import PaymentMethod
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour, make_code
from drivers.printer.typeface import Typeface
from shared.domain.money import Money
from shared.domain.sale_state import Sale
from shared.selling.paying import Payer
from shared.storage import tables
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.crash.assembly import TERMINAL, counter, escpos_printer
from tests.crash.booth import booth
from tests.crash.evidence import gather
from tests.crash.invariants import violations
from tests.crash.providers import FarSide
from tests.machine.world import CAPACITY, Central, HeldClock, HeldLine
from tests.selling.conftest import KEY

_STARTS_AT_MOST = 6
SOME_SALE = st.integers(0, 4)  # counted from the last one
SOME_PLACES = st.sets(st.integers(0, 2), min_size=1)


@dataclass(frozen=True)
class Outside:
    """What outlives every example: the gateway's books, the real method to pay there, the fonts."""

    gateway: FarSide
    wechat: PaymentMethod
    typeface: Typeface


class SaleMachine(RuleBasedStateMachine):
    """One terminal. `teardown` mends what is broken, lets it finish, and holds the history against the invariants."""

    def __init__(self, outside: Outside) -> None:
        super().__init__()
        self._outside = outside
        self._folder = tempfile.TemporaryDirectory()
        self._file = Path(self._folder.name) / "terminal.sqlite"
        self._known = {order.order_no for order in outside.gateway.orders()}
        self._paper = EscPosPrinterEmulator()
        self._clock = HeldClock()
        self._central = Central(self._clock)
        self._asked = 0  # how many sales anybody began
        self._up = True
        self._start()

    def _start(self) -> None:
        self._database = Database(self._file)
        self._store = TerminalStore(self._database, Pen(TERMINAL, 1, KEY), self._clock)
        self._line = HeldLine(self._store, self._central, lambda: self._up)
        self._printer = escpos_printer(self._paper.address, self._outside.typeface, lambda wire: wire)
        self._printer.open()
        methods = {"wechat": self._outside.wechat}
        selling = counter(self._store, self._line, self._printer, methods, self._clock)
        self._booth = booth(selling, self._store, "wechat")

    def _stop(self) -> None:
        self._printer.close()
        self._database.close()

    def _new_sale(self) -> str:
        self._asked += 1
        return f"S{self._asked:02}"

    def _sales(self) -> list[Sale]:
        names = self._database.run(lambda c: c.execute(select(tables.sale.c.sale_id)).scalars().all())
        return [self._store.sale(name) for name in sorted(names)]

    def _some(self, which: int, *, sold: bool) -> Sale | None:
        """A sale that is open, or one whose tickets are in somebody's hand."""
        found = [sale for sale in self._sales() if (bool(sale.live_tickets) if sold else sale.outcome is None)]
        return found[-1 - which % len(found)] if found else None

    @initialize(units=st.integers(0, 8))
    def first_lease(self, units: int) -> None:
        if units:
            self._line.receive(self._central.grant(units))

    @rule(units=st.integers(1, 6), seconds=st.sampled_from((20.0, 600.0, 3600.0)))
    def lease_granted(self, units: int, seconds: float) -> None:
        self._line.receive(self._central.grant(units, seconds))

    @rule(tickets=st.integers(1, 3))
    def choose(self, tickets: int) -> None:
        sale_id, before = self._new_sale(), self._clock.true_now
        self._booth.choose(sale_id, tickets)
        ends = {lease.lease_id: lease.sell_until for lease in self._central.granted}
        for sale in self._sales():
            for unit in sale.units if sale.sale_id == sale_id else ():
                assert ends[unit.lease_id] > before, "sold from a lease that had run out"

    @rule(tickets=st.integers(1, 3), behaviour=st.sampled_from((Behaviour.APPROVE, Behaviour.ANSWER_LOST)))
    def buy(self, tickets: int, behaviour: Behaviour) -> None:
        """The ordinary visitor, so that there is something to take back."""
        self.choose(tickets)
        self._pay(self._some(0, sold=False), behaviour, None)

    @rule(which=SOME_SALE, behaviour=st.sampled_from(Behaviour), part=st.sampled_from((None, 1000, 5000)))
    def pay(self, which: int, behaviour: Behaviour, part: int | None) -> None:
        self._pay(self._some(which, sold=False), behaviour, part)

    def _pay(self, sale: Sale | None, behaviour: Behaviour, part: int | None) -> None:
        if sale is not None:
            amount = Money(part, sale.rest.currency) if part and part < sale.rest.minor else None
            self._booth.process.pay(sale.sale_id, Payer("wechat", make_code(behaviour)), amount)

    @rule(which=SOME_SALE)
    def leave(self, which: int) -> None:
        sale = self._some(which, sold=False)
        if sale is not None:
            self._booth.leave(sale.sale_id)

    @rule(which=SOME_SALE, places=SOME_PLACES, kind=st.sampled_from(("refund", "refund", "void")))
    def refund(self, which: int, places: set[int], kind: str) -> None:
        sale = self._some(which, sold=True)
        if sale is not None:
            given = [ticket.index for ticket in sale.live_tickets if ticket.index in places]
            if given:
                self._booth.refund(sale.sale_id, *given, kind="void" if kind == "void" else "refund")

    @rule(which=SOME_SALE, minor=st.sampled_from((4000, 6000, 9000)))
    def exchange(self, which: int, minor: int) -> None:
        sale = self._some(which, sold=True)
        if sale is not None:
            self._booth.exchange(sale.sale_id, sale.live_tickets[0].index, self._new_sale(), minor)

    @rule(which=SOME_SALE)
    def reissue(self, which: int) -> None:
        sale = self._some(which, sold=True)
        if sale is not None:
            self._booth.reissue(sale.sale_id, sale.live_tickets[-1].index)

    @rule(booking=st.sampled_from(("B1", "B2")), tickets=st.integers(1, 2))
    def collect(self, booking: str, tickets: int) -> None:
        self._booth.collect(self._new_sale(), booking, tickets)

    @rule(trouble=st.sampled_from(PrinterTrouble))
    def printer_in_trouble(self, trouble: PrinterTrouble) -> None:
        self._paper.set_fault(trouble)

    @rule()
    def printer_mended(self) -> None:
        for trouble in PrinterTrouble:
            self._paper.clear_fault(trouble)

    @rule(times=st.integers(1, 4))
    def gateway_refuses(self, times: int) -> None:
        for _ in range(times):
            self._outside.gateway.refuse()

    @rule()
    def gateway_loses_an_answer(self) -> None:
        self._outside.gateway.lose_answer()

    @rule(up=st.booleans())
    def line(self, up: bool) -> None:
        self._up = up

    @rule(seconds=st.sampled_from((-86_400.0, -60.0, 60.0, 86_400.0)))
    def wall_clock_set(self, seconds: float) -> None:
        self._clock.wrong_by += seconds
        self._line.look_at_the_clock()

    @rule(seconds=st.sampled_from((5.0, 300.0, 4000.0)))
    def time_passes(self, seconds: float) -> None:
        self._clock.elapsed += seconds
        self._line.look_at_the_clock()

    @precondition(lambda self: self._asked)
    @rule(reboot=st.booleans())
    def restart(self, reboot: bool) -> None:
        self._stop()
        if reboot:
            self._clock.reboot()
        self._start()
        self._booth.restart()

    @invariant()
    def no_place_is_used_that_was_not_lent(self) -> None:
        standings = self._store.leases()
        assert all(standing.used <= standing.lease.units for standing in standings)
        assert sum(standing.used for standing in standings) <= CAPACITY

    def teardown(self) -> None:
        try:
            self.printer_mended()
            self._outside.gateway.be_well()
            self._up = True
            self._finish()
            orders = [o for o in self._outside.gateway.orders() if o.order_no not in self._known]
            wrong = violations(gather(self._file, orders, self._paper.sheets))
            assert not wrong, wrong
        finally:
            self._stop()
            self._paper.close()
            self._folder.cleanup()

    def _finish(self) -> None:
        for _ in range(_STARTS_AT_MOST):
            self._booth.restart()
            if not self._store.open_sales() and not self._store.refunds.open_refunds():
                break
