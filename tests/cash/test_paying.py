"""Paying in cash: what is taken, what is kept, what comes back."""

from __future__ import annotations

from collections.abc import Callable

from drivers.contracts.payment import Declined, DeclineReason, Paid, Refunded, Reversed
from drivers.contracts.payment_steps import CashStep
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from tests.cash.stand import Stand, booked, fill, worth


def test_the_exact_sum_in_notes_and_coins(stand: Stand) -> None:
    assert stand.pay(1150, stand.note(1000), stand.coin(100), stand.coin(50)) == Paid("O1", 1150, "CNY")
    assert stand.emulator.tray == 0
    assert stand.order().outcome == "kept"
    assert booked(stand) == worth(stand)


def test_change_comes_out_of_the_hoppers(stand: Stand) -> None:
    assert isinstance(stand.pay(1150, stand.note(2000)), Paid)
    assert stand.emulator.tray == 850
    assert stand.emulator.inside.hoppers["hopper-50"].tray == [50]
    assert CashStep.TAKE_CHANGE in stand.told
    assert booked(stand) == worth(stand)
    assert stand.balances()["receivable:cash"] == -1150


def test_a_visitor_who_leaves_gets_everything_back(stand: Stand) -> None:
    answer = stand.pay(3000, stand.note(1000), stand.coin(100))
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.CANCELLED
    assert stand.emulator.tray == 1100
    assert stand.order().outcome == "given_back"
    assert booked(stand) == worth(stand)
    assert "receivable:cash" not in stand.balances()


def test_no_note_is_enabled_whose_change_could_not_be_given(restart: Callable[[], Stand]) -> None:
    stand = restart()
    stand.emulator.inside.hoppers["hopper-50"].coins = 0
    stand.emulator.inside.hoppers["hopper-100"].coins = 15
    stand.cash.start()
    fill(stand)
    assert stand.cash.outlook(1000).accepted == {10, 50, 100, 500, 1000, 2000}
    assert stand.cash.outlook(950).exact_only, "there are no 50 fen to give"
    assert isinstance(stand.pay(1000, stand.note(5000), stand.note(10000)), Declined)
    assert stand.emulator.inside.notes.box == []
    assert stand.emulator.inside.notes.escrow is None


def test_an_order_that_nothing_can_pay_is_refused_before_anybody_begins(restart: Callable[[], Stand]) -> None:
    stand = restart()
    for hopper in stand.emulator.inside.hoppers.values():
        hopper.coins = 0
    stand.cash.start()
    stand.emulator.inside.notes.remove_box()
    stand.cash.start()
    assert not stand.cash.outlook(5).possible
    assert isinstance(stand.pay(5), Declined)
    assert stand.book.order("O1") is None


def test_a_hopper_that_is_empty_before_the_book_says_so(stand: Stand, paper: EscPosPrinterEmulator) -> None:
    for hopper in stand.emulator.inside.hoppers.values():
        hopper.coins = 3
    assert isinstance(stand.pay(1000, stand.note(2000)), Paid)
    assert stand.emulator.tray == 3 * 100 + 3 * 50
    claim = stand.order().claim
    assert claim is not None
    assert claim.owed.minor == 550
    assert [told.printed for told in stand.claims] == [False, True]
    assert len(paper.sheets) == 1
    assert stand.kinds() == ["hopper_short", "hopper_short"]
    assert booked(stand) == worth(stand)
    assert stand.balances()["claims_owed"] == -550
    assert [(item.kind, item.why, item.claim_code) for item in stand.store.unfinished()] == [
        ("cash", "claim", claim.code)
    ]
    assert 2000 not in stand.cash.outlook(1000).accepted, "the next visitor is not asked for what cannot be changed"


def test_a_refund_is_paid_once_whatever_is_asked(stand: Stand) -> None:
    stand.pay(1000, stand.note(1000))
    for _ in range(2):
        assert stand.cash.refund("O1", "R1", 400, 1000) == Refunded("R1")
    assert stand.emulator.tray == 400
    assert stand.balances()["receivable:cash"] == -600
    assert booked(stand) == worth(stand)


def test_a_refund_beyond_the_hoppers_is_declined_and_nothing_comes(stand: Stand) -> None:
    stand.pay(1000, stand.note(1000))
    assert isinstance(stand.cash.refund("O1", "R1", 90000, 1000), Declined)
    assert stand.emulator.tray == 0


def test_query_and_reverse_of_what_is_over(stand: Stand) -> None:
    stand.pay(1000, stand.note(1000))
    assert stand.cash.query("O1") == Paid("O1", 1000, "CNY")
    assert stand.cash.reverse("O1") == Paid("O1", 1000, "CNY")
    assert isinstance(stand.cash.query("unknown"), Declined)
    assert stand.cash.reverse("unknown") == Reversed()
