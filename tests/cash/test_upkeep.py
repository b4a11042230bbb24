"""Staff at the machine: floats, refills, boxes emptied and counted, slips honoured; all of it in the books."""

from __future__ import annotations

import pytest

from shared.domain.cash import Pieces, box_of, store_of
from shared.domain.money import Money
from shared.domain.sale_errors import HistoryError
from shared.selling.cash_upkeep import CashUpkeep
from tests.cash.stand import CNY, Stand, booked, worth


@pytest.fixture
def upkeep(stand: Stand) -> CashUpkeep:
    return CashUpkeep(stand.book, "CNY")


def test_a_refill_comes_out_of_the_vault(stand: Stand, upkeep: CashUpkeep) -> None:
    before = stand.balances()["vault"]
    stand.emulator.inside.hoppers["hopper-50"].fill(40)
    upkeep.fill(store_of("hopper-50"), {50: 40}, "0007", "refill")
    assert stand.balances()["vault"] == before - 2000
    assert booked(stand) == worth(stand)
    assert Pieces(store_of("hopper-50"), Money(50, CNY), 140) in upkeep.inventory()


def test_a_box_is_counted_before_anybody_sees_what_is_expected(stand: Stand, upkeep: CashUpkeep) -> None:
    stand.pay(3000, stand.note(1000), stand.note(1000), stand.note(1000))
    stand.emulator.inside.notes.empty_box()
    emptied = upkeep.empty(box_of("notes"), {1000: 2}, "0007")
    assert (emptied.expected.minor, emptied.counted.minor, emptied.difference.minor) == (3000, 2000, -1000)
    assert stand.balances()["cash_difference"] == 1000
    assert booked(stand) == worth(stand)
    stand.emulator.inside.coins.insert(100)
    more = upkeep.empty(box_of("notes"), {1000: 1}, "0007")
    assert more.difference.minor == 1000
    assert "cash_difference" not in stand.balances(), "what was missing is found again"


def test_a_slip_is_honoured_once_and_for_no_more_than_it_says(stand: Stand, upkeep: CashUpkeep) -> None:
    for hopper in stand.emulator.inside.hoppers.values():
        hopper.coins = 0
    stand.pay(1000, stand.note(2000))
    assert list(stand.book.claimed_orders()) == ["O1"]
    with pytest.raises(HistoryError):
        upkeep.honour("O1", Money(1001, CNY), "0007")
    assert upkeep.honour("O1", Money(1000, CNY), "0007").honoured
    with pytest.raises(HistoryError):
        upkeep.honour("O1", Money(1000, CNY), "0007")
    assert list(stand.book.claimed_orders()) == []
    assert stand.balances()["drawer"] == -1000
    assert "claims_owed" not in stand.balances()


def test_nothing_is_filled_by_a_negative_number(upkeep: CashUpkeep) -> None:
    with pytest.raises(ValueError, match="above 0"):
        upkeep.fill(store_of("hopper-50"), {50: -1}, "0007", "refill")
