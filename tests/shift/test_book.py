"""Shifts in the terminal's file: durable at every step, once each, closed with a difference, never edited."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import get_args

import pytest

from shared.domain.sale import PaymentAnswered, SaleClosed, SaleReopened, TicketVoided
from shared.domain.sale_errors import HistoryError
from shared.domain.shift import events as ev
from shared.domain.shift.events import ShiftEvent
from shared.domain.shift.state import Shift
from shared.domain.shift.z_chain import z_hash
from shared.storage.audit.verdict import Broken
from shared.storage.shift_book import BesideSales, ShiftProblem
from tests.shift.world import CASHIER, DRAWER, SUPERVISOR, Window, giving, pieces, taking, yuan
from tests.storage.test_verify import tamper
from tests.storage.world import give_back, hold, issued, lease, sell, submitted

ASIDE: tuple[BesideSales, ...] = (
    ev.PaidIn(yuan(20), "coins from the bank", CASHIER, SUPERVISOR),
    ev.PaidOut(yuan(30), "courier", CASHIER, SUPERVISOR),
    ev.SafeDropped(pieces(10000), "BAG-1", CASHIER),
    ev.DrawerOpened("changed a note", CASHIER, SUPERVISOR),
    ev.HandedOver(CASHIER, "0009"),
)


def test_a_shift_survives_a_restart_at_each_step(window: Window) -> None:
    window.open(50000)
    window.restart()
    assert window.book.take(DRAWER, taking("O1", 16000, 20000)) == taking("O1", 16000, 20000)
    window.restart()
    assert window.book.give(DRAWER, giving("R1", "O1", 8000)) == giving("R1", "O1", 8000)
    expected = 50000 + 16000 - 8000 + 2000 - 3000 - 10000
    for event in ASIDE:
        window.restart()
        assert isinstance(window.book.record(DRAWER, event), Shift)
    window.restart()
    assert isinstance(window.book.count(DRAWER, pieces(expected), "0009"), Shift)
    assert window.balance(f"drawer:{DRAWER}") == expected
    window.restart()
    closed = window.book.close(DRAWER, "0009")
    window.restart()
    shift = window.book.shift(1)
    assert shift == closed
    assert shift is not None
    assert (shift.expected.minor, shift.zs[0].difference.minor, shift.cashier) == (expected, 0, "0009")
    assert window.balance(f"drawer:{DRAWER}") == window.balance("cash_difference") == 0
    assert window.broken() is None


def test_every_kind_of_event_is_tried_here(window: Window) -> None:
    test_a_shift_survives_a_restart_at_each_step(window)
    assert isinstance(window.book.correct(1, pieces(1), "counted wrong", SUPERVISOR), Shift)
    kinds = {event.type for event in window.store.journal_after(0, 100)}
    assert kinds >= {event.type for event in get_args(ShiftEvent)}


def test_a_drawer_has_one_shift_at_a_time(window: Window) -> None:
    window.open()
    assert window.book.open(DRAWER, "", CASHIER, "CNY", pieces(0)) is ShiftProblem.ALREADY_OPEN
    assert window.open(0, "window-2").number == 2
    second = "INSERT INTO shift SELECT 3, drawer, epoch, seq FROM shift WHERE number = 1"
    with closing(sqlite3.connect(window.path)) as file, pytest.raises(sqlite3.IntegrityError, match="an open shift"):
        file.execute(second)


def test_nothing_happens_at_a_drawer_without_a_shift(window: Window) -> None:
    answers = [
        window.book.take(DRAWER, taking("O1", 100)),
        window.book.give(DRAWER, giving("R1", "O1", 100)),
        window.book.record(DRAWER, ASIDE[0]),
        window.book.count(DRAWER, pieces(1), CASHIER),
        window.book.close(DRAWER, CASHIER),
    ]
    assert answers == [ShiftProblem.NOT_OPEN] * 5
    assert window.book.report(1) is None


def test_an_order_is_taken_once_and_given_back_no_more_than_that(window: Window) -> None:
    window.open(0)
    window.book.take(DRAWER, taking("O1", 5000))
    window.book.take(DRAWER, taking("O1", 5000))
    assert window.book.give(DRAWER, giving("R0", "O0", 1)) is ShiftProblem.NOT_TAKEN
    window.close(5000)
    window.open(0)
    assert window.book.take(DRAWER, taking("O1", 5000)) == taking("O1", 5000)
    assert window.balance(f"drawer:{DRAWER}") == 0
    window.book.give(DRAWER, giving("R1", "O1", 3000))
    window.book.give(DRAWER, giving("R1", "O1", 3000))
    assert window.book.give(DRAWER, giving("R2", "O1", 2001)) is ShiftProblem.TOO_MUCH
    assert window.balance(f"drawer:{DRAWER}") == -3000
    assert window.broken() is None


def test_a_count_that_looks_like_a_slip_is_asked_for_again_and_kept(window: Window) -> None:
    window.open(12300)
    assert window.book.close(DRAWER, CASHIER) is ShiftProblem.NOT_COUNTED
    assert window.book.count(DRAWER, pieces(123000), CASHIER) is ShiftProblem.COUNT_AGAIN
    assert window.book.close(DRAWER, CASHIER) is ShiftProblem.COUNT_AGAIN
    assert isinstance(window.book.count(DRAWER, pieces(12200), CASHIER), Shift)
    window.book.take(DRAWER, taking("O1", 5000))
    assert window.book.close(DRAWER, CASHIER) is ShiftProblem.NOT_COUNTED
    assert isinstance(window.book.count(DRAWER, pieces(17200), CASHIER), Shift)
    closed = window.book.close(DRAWER, CASHIER)
    assert isinstance(closed, Shift)
    assert [each.pieces[0].count for each in closed.counts] == [123000, 12200, 17200]
    assert closed.zs[0].difference.minor == -100
    assert window.balance("cash_difference") == 100
    assert window.balance(f"drawer:{DRAWER}") == 0


def test_the_same_doubtful_count_twice_is_taken_as_it_is(window: Window) -> None:
    window.open(12300)
    assert window.book.count(DRAWER, pieces(1230), CASHIER) is ShiftProblem.COUNT_AGAIN
    assert isinstance(window.book.count(DRAWER, pieces(1230), CASHIER), Shift)
    assert isinstance(window.book.close(DRAWER, CASHIER), Shift)


@pytest.mark.parametrize("profile", ["sha256", "sm3"])
def test_z_reports_are_a_chain_without_a_gap(window: Window, profile: str) -> None:
    window.database.close()
    window.profile = "sm3" if profile == "sm3" else "sha256"
    window.path = window.path.with_name("other.sqlite")
    window.start()
    previous = bytes(32).hex()
    for number in range(1, 4):
        window.open(1000 * number)
        closed = window.close(1000 * number)
        (z,) = closed.zs
        assert (z.z_number, z.previous) == (number, previous)
        previous = z_hash(closed, z, window.profile).hex()
        window.restart()
    assert window.broken() is None


def test_a_correction_keeps_the_first_and_is_a_z_of_its_own(window: Window) -> None:
    window.open(50000)
    assert window.book.correct(1, pieces(1), "too early", SUPERVISOR) is ShiftProblem.NOT_CLOSED
    window.close(49000)
    assert window.balance("cash_difference") == 1000
    corrected = window.book.correct(1, pieces(50000), "a roll of coins lay beside it", CASHIER, SUPERVISOR)
    assert isinstance(corrected, Shift)
    first, second = corrected.zs
    assert (first.difference.minor, second.difference.minor, second.z_number) == (-1000, 0, 2)
    assert window.balance("cash_difference") == window.balance("vault") == 0
    window.open(0)
    assert window.close(0).zs[0].z_number == 3
    assert window.broken() is None


def test_nobody_approves_what_he_asked_for_himself(window: Window) -> None:
    window.open()
    with pytest.raises(HistoryError, match="nobody approves"):
        window.book.record(DRAWER, ev.PaidOut(yuan(1), "taxi", SUPERVISOR, SUPERVISOR))
    with pytest.raises(HistoryError, match="a reason"):
        window.book.record(DRAWER, ev.DrawerOpened("", CASHIER, SUPERVISOR))
    assert window.balance(f"drawer:{DRAWER}") == 50000


def test_an_x_report_changes_nothing_and_a_late_sale_lands_in_its_own_shift(window: Window) -> None:
    window.store.add_leases([lease(9)], 0.0, "boot")
    window.open(0)
    sell(window.store, "S1", 2)
    units = hold(window.store, "S2")
    window.store.record("S2", *submitted(), PaymentAnswered(1, "unknown"))
    before = window.store.journal_after(0, 1000)
    report = window.book.report(1)
    assert report is not None
    assert window.store.journal_after(0, 1000) == before
    assert report.z_number is None
    assert [(f.name, f.amount.minor) for f in report.trading.by_method] == [("wechat", 12000)]
    assert [(f.name, f.amount.minor) for f in report.trading.unknown] == [("S2", 6000)]
    window.close(0)
    window.open(0)
    window.store.record("S2", PaymentAnswered(1, "paid", "ref"), *issued("S2", units), SaleClosed("done"))
    give_back(window.store, "S1", "S1-1")
    first, second = window.book.report(1), window.book.report(2)
    assert first is not None
    assert second is not None
    assert [(f.name, f.amount.minor) for f in first.trading.by_product] == [("entry", 18000)]
    assert (first.trading.late, first.trading.unknown, first.z_number) == (("S2",), (), 1)
    assert (second.trading.by_method, second.trading.voids) == ((), ())
    assert [(f.name, f.amount.minor) for f in second.trading.refunds] == [("wechat", 6000)]
    assert window.broken() is None


@pytest.mark.parametrize("table", ["shift", "shift_row", "shift_move", "shift_z"])
def test_a_shift_is_never_changed_nor_forgotten(window: Window, table: str) -> None:
    window.open(0)
    window.book.take(DRAWER, taking("O1", 100))
    window.close(100)
    with closing(sqlite3.connect(window.path)) as file:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET seq = seq"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                file.execute(statement)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE shift SET drawer = 'window-2'", "shift"),
        ("DELETE FROM shift_row WHERE seq = (SELECT max(seq) FROM shift_row)", "shift_row"),
        ("UPDATE shift_move SET order_no = 'O2'", "shift_move"),
        ("UPDATE shift_z SET hash = zeroblob(32)", "shift_z"),
        ("UPDATE posting SET minor = minor * 2 WHERE seq = (SELECT seq FROM shift_z)", "posting"),
    ],
)
def test_verify_finds_a_table_that_the_journal_does_not_bear_out(window: Window, statement: str, table: str) -> None:
    window.open(0)
    window.book.take(DRAWER, taking("O1", 100))
    window.close(90)
    assert window.broken() is None
    tamper(window.path, statement)
    broken = window.broken()
    assert isinstance(broken, Broken)
    assert broken.table == table


def test_a_sale_is_of_the_shift_opened_last_and_a_reprint_of_the_shift_that_asked(window: Window) -> None:
    window.store.add_leases([lease(9)], 0.0, "boot")
    window.open(0)
    window.open(0, "window-2")
    sell(window.store, "S1")
    window.close(0, "window-2")
    window.store.record("S1", SaleReopened("wet", SUPERVISOR), TicketVoided("S1-1", "reissued"))
    first, second = window.book.report(1), window.book.report(2)
    assert first is not None
    assert second is not None
    assert (first.trading.by_product, first.trading.reprints) == ((), ("S1",))
    assert [(each.name, each.amount.minor) for each in second.trading.by_product] == [("entry", 6000)]


def test_a_void_is_no_refund(window: Window) -> None:
    window.store.add_leases([lease(9)], 0.0, "boot")
    sell(window.store, "S1")
    window.open(0)
    give_back(window.store, "S1", "S1-1", "void")
    report = window.book.report(1)
    assert report is not None
    assert report.trading.refunds == ()
    assert [(each.name, each.amount.minor) for each in report.trading.voids] == [("wechat", 6000)]
