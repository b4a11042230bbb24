"""What is seldom: coins sorted into hoppers, a visitor at a slow program, a program that comes back hours later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drivers.contracts.payment import Charge, Paid, Reversed
from drivers.emulators.cctalk_acceptor import EmulatedCoins
from drivers.emulators.cctalk_bus import CashInside, CashMachineEmulator
from drivers.printer.driver import EscPosPrinter
from shared.domain.money import Money
from shared.selling.cash_ports import Till
from shared.selling.pausing import MachineClosing
from tests.cash.stand import CNY, Stand, WallClock, booked, close_stand, fill, open_stand, worth
from tests.cash.standing_visitor import StandingVisitor


class LaterClock(WallClock):
    """Hours later."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(hours=3)


def hours_later(till: Till) -> Till:
    return replace(till, clock=LaterClock())


def test_coins_sorted_into_hoppers_are_change_for_the_next(tmp_path: Path, printer: EscPosPrinter) -> None:
    inside = CashInside(coins=EmulatedCoins(2, (10, 50, 100), {100: 1, 50: 2}))
    with CashMachineEmulator(inside) as emulator:
        stand = open_stand(tmp_path / "t.sqlite", emulator, printer, profile="cny-sorting")
        stand.cash.start()
        fill(stand)
        assert isinstance(stand.pay(250, stand.coin(100), stand.coin(100), stand.coin(50)), Paid)
        assert stand.book.stock()["hopper:hopper-100"] == {Money(100, CNY): 202}
        assert booked(stand) == worth(stand)
        close_stand(stand)


def test_a_visitor_who_does_not_wait_for_the_screen(stand: Stand) -> None:
    visitor = StandingVisitor(stand.emulator, notes=(500, 500), coins=(100, 50))
    visitor.start()
    assert stand.cash.submit(Charge("O1", 1150, "CNY", "tickets")) == Paid("O1", 1150, "CNY")
    visitor.leave()
    assert visitor.put_in == 1150
    assert booked(stand) == worth(stand)


def _close() -> None:
    raise MachineClosing


@pytest.mark.parametrize("hours", [0, 3])
def test_hours_after_the_visitor_left_no_coins_fall_into_the_tray(
    stand: Stand, restart: Callable[[], Stand], emulator: CashMachineEmulator, printer: EscPosPrinter, hours: int
) -> None:
    with pytest.raises(MachineClosing):
        stand.pay(1000, stand.coin(100), _close)
    path = stand.database.path
    close_stand(restart())
    again = open_stand(path, emulator, printer, hours_later if hours else lambda till: till)
    again.cash.start()
    assert again.cash.query("O1") == Paid("O1", 100, "CNY")
    assert again.cash.reverse("O1") == Reversed()
    assert emulator.tray == (0 if hours else 100)
    assert ("claims_owed" in again.balances()) == bool(hours)
    close_stand(again)


def test_a_closing_program_shuts_the_slots(stand: Stand) -> None:
    with pytest.raises(MachineClosing):
        stand.pay(1000, stand.coin(100), _close)
    assert stand.emulator.inside.notes.allowed == set()
    assert stand.emulator.inside.coins.allowed == set()
