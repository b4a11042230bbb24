"""Sales in any order among everything that can happen to them, and what must be true of the whole history."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from drivers.contracts.payment import PaymentMethod
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour, make_code
from drivers.printer.typeface import Typeface
from shared.selling.paying import Payer
from shared.selling.process import SaleProcess
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.crash.booth import TERMINAL, counter, escpos_printer
from tests.crash.evidence import gather, orders_in
from tests.crash.invariants import violations
from tests.machine.world import CAPACITY, Central, HeldClock, HeldLine
from tests.selling.conftest import KEY, basket

_STARTS_AT_MOST = 6


@dataclass(frozen=True)
class Outside:
    """What outlives every example: the gateway's books, the real method to pay there, the fonts."""

    gateway_folder: Path
    wechat: PaymentMethod
    typeface: Typeface


class SaleMachine(RuleBasedStateMachine):
    """One terminal. `teardown` mends what is broken, lets it finish, and holds the history against the invariants."""

    def __init__(self, outside: Outside) -> None:
        super().__init__()
        self._outside = outside
        self._folder = tempfile.TemporaryDirectory()
        self._file = Path(self._folder.name) / "terminal.sqlite"
        self._known = {order.order_no for order in orders_in(outside.gateway_folder)}
        self._paper = EscPosPrinterEmulator()
        self._clock = HeldClock()
        self._central = Central(self._clock)
        self._sales: list[str] = []
        self._up = True
        self._start()

    def _start(self) -> None:
        self._database = Database(self._file)
        self._store = TerminalStore(self._database, Pen(TERMINAL, 1, KEY), self._clock)
        self._line = HeldLine(self._store, self._central, lambda: self._up)
        self._printer = escpos_printer(self._paper.address, self._outside.typeface, lambda wire: wire)
        self._printer.open()
        self._process = SaleProcess(counter(self._store, self._line, self._printer, self._outside.wechat, self._clock))

    def _stop(self) -> None:
        self._printer.close()
        self._database.close()

    @initialize(units=st.integers(0, 6))
    def first_lease(self, units: int) -> None:
        if units:
            self._line.receive(self._central.grant(units))

    @rule(units=st.integers(1, 6), seconds=st.sampled_from((20.0, 600.0, 3600.0)))
    def lease_granted(self, units: int, seconds: float) -> None:
        self._line.receive(self._central.grant(units, seconds))

    @rule(tickets=st.integers(1, 3))
    def choose(self, tickets: int) -> None:
        self._sales.append(f"S{len(self._sales) + 1:02}")
        before = self._clock.true_now
        self._process.open(self._sales[-1], basket(tickets))
        ends = {lease.lease_id: lease.sell_until for lease in self._central.granted}
        for unit in self._units(self._sales[-1]):
            assert ends[unit] > before, "sold from a lease that had run out"

    def _units(self, sale_id: str) -> list[bytes]:
        if sale_id not in self._store.open_sales():
            return []
        return [unit.lease_id for unit in self._store.sale(sale_id).units]

    @precondition(lambda self: self._sales)
    @rule(behaviour=st.sampled_from(Behaviour), which=st.integers(0, 2))
    def pay(self, behaviour: Behaviour, which: int) -> None:
        sale_id = self._sales[-1 - which % len(self._sales)]
        if sale_id in self._store.open_sales():
            self._process.pay(sale_id, Payer("wechat", make_code(behaviour)))

    @precondition(lambda self: self._sales)
    @rule()
    def leave(self) -> None:
        if self._sales[-1] in self._store.open_sales():
            self._process.cancel(self._sales[-1])

    @rule(trouble=st.sampled_from(PrinterTrouble))
    def printer_in_trouble(self, trouble: PrinterTrouble) -> None:
        self._paper.set_fault(trouble)

    @rule()
    def printer_mended(self) -> None:
        for trouble in PrinterTrouble:
            self._paper.clear_fault(trouble)

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

    @rule(reboot=st.booleans())
    def restart(self, reboot: bool) -> None:
        self._stop()
        if reboot:
            self._clock.reboot()
        self._start()
        self._process.resume()

    @invariant()
    def no_place_is_used_that_was_not_lent(self) -> None:
        standings = self._store.leases()
        assert all(standing.used <= standing.lease.units for standing in standings)
        assert sum(standing.used for standing in standings) <= CAPACITY

    def teardown(self) -> None:
        try:
            self.printer_mended()
            for _ in range(_STARTS_AT_MOST):
                self._process.resume()
                if not self._store.open_sales():
                    break
            orders = [o for o in orders_in(self._outside.gateway_folder) if o.order_no not in self._known]
            assert violations(gather(self._file, orders, self._paper.sheets)) == []
        finally:
            self._stop()
            self._paper.close()
            self._folder.cleanup()
