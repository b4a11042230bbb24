"""Days of a cash machine: whatever happens in whatever order, money in = sales + change + claims, and lies there."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from drivers.contracts.payment import Declined, Paid, Refunded
from drivers.emulators.cctalk_bus import CashMachineEmulator, garble, lose
from drivers.printer.driver import EscPosPrinter
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import find_typeface
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import Connection
from shared.domain.cash import store_of
from shared.selling.cash_upkeep import CashUpkeep
from tests.cash.stand import Act, Stand, booked, close_stand, fill, open_stand, worth

_NOWHERE = "tcp://127.0.0.1:1"  # the printer is out of order all day: slips are on the screen alone
AMOUNTS = st.sampled_from([50, 1000, 1150, 3500])
DEEDS = st.sampled_from(
    ["coin 50", "coin 100", "note 500", "note 1000", "note 2000", "note 5000", "note 7", "power", "lose", "garble"]
)


class CashDay(RuleBasedStateMachine):
    """A machine, its program and its visitors. `kept` is what sales should have, `refunded` what went back of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="cash-day-"))
        self.emulator = CashMachineEmulator()
        connection = Connection(connector(parse_address(_NOWHERE)), time.monotonic, lambda: 0.0)
        self.printer = EscPosPrinter(connection, Renderer(load_profiles()["80mm"], find_typeface()), time.monotonic)
        self.printer.open()
        self.stand = self._open()
        self.kept: dict[str, int] = {}
        self.refunded: dict[str, int] = {}
        self.taken_out = self.orders = 0

    def _open(self) -> Stand:
        return open_stand(self.folder / "t.sqlite", self.emulator, self.printer)

    @initialize()
    def begin(self) -> None:
        self.stand.cash.start()
        fill(self.stand)

    @rule(amount=AMOUNTS, deeds=st.lists(DEEDS, max_size=5))
    def visit(self, amount: int, deeds: list[str]) -> None:
        self.orders += 1
        number = f"O{self.orders}"
        answer = self.stand.pay(amount, *map(self._deed, deeds), order_no=number)
        self.emulator.mangle_no_more()
        assert isinstance(answer, Paid | Declined)
        assert self.stand.book.open_orders() == []
        if isinstance(answer, Paid):
            self.kept[number] = amount

    @rule(share=st.sampled_from([1, 2]))
    def give_back(self, share: int) -> None:
        if self.kept:
            number, amount = next(reversed(self.kept.items()))
            answer = self.stand.cash.refund(number, f"R{number}", amount // share, amount)
            if isinstance(answer, Refunded):
                self.refunded[number] = self.stand.order(f"R{number}").opened.amount.minor

    @rule()
    def restart(self) -> None:
        close_stand(self.stand)
        self.stand = self._open()
        self.stand.cash.start()

    @rule()
    def cut_the_power(self) -> None:
        self.emulator.power_cycle()
        self.stand.cash.start()

    @rule(hopper=st.sampled_from(["hopper-100", "hopper-50"]), after=st.integers(0, 3))
    def jam(self, hopper: str, after: int) -> None:
        self.emulator.inside.hoppers[hopper].jams_after = after

    @rule(hopper=st.sampled_from(["hopper-100", "hopper-50"]), coins=st.integers(1, 20))
    def refill(self, hopper: str, coins: int) -> None:
        inside = self.emulator.inside.hoppers[hopper]
        inside.fill(coins)
        inside.jams_after = None
        CashUpkeep(self.stand.book, "CNY").fill(store_of(hopper), {inside.value: coins}, "0007", "refill")

    @rule()
    def empty_the_boxes(self) -> None:
        upkeep, inside = CashUpkeep(self.stand.book, "CNY"), self.emulator.inside
        for place, acceptor in (("acceptor:notes", inside.notes), ("acceptor:coins", inside.coins)):
            taken = acceptor.empty_box()
            upkeep.empty(place, {value: taken.count(value) for value in taken}, "0007")
            self.taken_out += sum(taken)

    @invariant()
    def every_fen_is_somewhere(self) -> None:
        unnamed = {"pieces_uncounted", "stack_in_doubt", "dispense_in_doubt"}.isdisjoint(self.stand.kinds())
        there, books = worth(self.stand), booked(self.stand)
        if not unnamed:
            return
        assert there == books
        put_in = self.taken_out + sum(self.emulator.inside.notes.box) + sum(self.emulator.inside.coins.box)
        sales = sum(self.kept.values()) - sum(self.refunded.values())
        owed = -self.stand.balances().get("claims_owed", 0)
        found = -self.stand.balances().get("cash_difference", 0) + self._short()
        assert put_in == sales + self.emulator.tray + owed + found

    def _short(self) -> int:
        """What was written off as missing in a hopper is no money that came in."""
        missing = (each.missing for each in self.stand.book.discrepancies())
        return sum(pieces.worth.minor for gone in missing for pieces in gone)

    def _deed(self, deed: str) -> Act:
        kind, _, value = deed.partition(" ")
        deeds: dict[str, Callable[[], object]] = {
            "power": self.emulator.power_cycle,
            "lose": lambda: self.emulator.mangle(lose),
            "garble": lambda: self.emulator.mangle(garble),
            "coin": lambda: self.emulator.insert_coin(int(value)),
            "note": lambda: self.emulator.insert_note(int(value)),
        }
        return deeds[kind]

    def teardown(self) -> None:
        close_stand(self.stand)
        self.printer.close()
        self.emulator.close()
        shutil.rmtree(self.folder)


CashDayTest = CashDay.TestCase
CashDayTest.settings = settings(max_examples=6, stateful_step_count=8, deadline=None)
pytestmark = pytest.mark.timeout(300)
