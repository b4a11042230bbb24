"""Cash on a bad day: cables pulled and power cut at any moment, jams, strings, full boxes, answers that get lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.contracts.payment import Declined, Paid, PaymentAnswer, Reversed
from drivers.contracts.payment_steps import CashInserted, CashStep
from drivers.emulators.cctalk_bus import CashMachineEmulator, garble, lose
from tests.cash.stand import Stand, booked, check, worth

_AMOUNT = 1150
_COMMANDS = 90  # about as many as a visit has
_OUTAGE_SECONDS = 0.05
EACH_TIME = [HealthCheck.function_scoped_fixture]


def visit(stand: Stand) -> PaymentAnswer:
    return stand.pay(_AMOUNT, stand.coin(50), stand.coin(100), stand.note(2000))


def settle(stand: Stand, answer: PaymentAnswer) -> None:
    """What the sale process does with an answer that is not certain."""
    if not isinstance(answer, Paid | Declined) and stand.cash.query("O1") != Paid("O1", _AMOUNT, "CNY"):
        assert stand.cash.reverse("O1") == Reversed()
    assert stand.book.open_orders() == []


@pytest.mark.parametrize("command", range(1, _COMMANDS, 4))
def test_a_cable_pulled_for_a_moment_costs_nobody_anything(
    stand: Stand, emulator: CashMachineEmulator, command: int
) -> None:
    back = threading.Timer(_OUTAGE_SECONDS, emulator.plug)

    def pull() -> None:
        emulator.unplug()
        back.start()

    emulator.do_at(command, pull)
    settle(stand, visit(stand))
    if back.ident is not None:
        back.join()
    check(stand, _AMOUNT, f"unplugged at {command}")


@pytest.mark.parametrize("stacks", [False, True])
@pytest.mark.parametrize("command", range(1, _COMMANDS, 6))
def test_a_power_cut_credits_nothing_twice_and_what_it_hides_has_a_name(
    stand: Stand, emulator: CashMachineEmulator, command: int, stacks: bool
) -> None:
    emulator.inside.notes.stacks_when_cut = stacks
    emulator.do_at(command, emulator.power_cycle)
    settle(stand, visit(stand))
    stand.cash.start()
    lay, booked_there = worth(stand), booked(stand)
    if lay == booked_there:
        check_kept(stand)
    else:
        assert set(stand.kinds()) & {"pieces_uncounted", "stack_in_doubt"}, f"power cut at {command}"
        assert sum(lay.values()) > sum(booked_there.values()), "never more in the book than in the machine"


def check_kept(stand: Stand) -> None:
    inside = stand.emulator.inside
    kept = _AMOUNT if stand.order().outcome == "kept" else 0
    claim = stand.order().claim
    owed = claim.owed.minor if claim else 0
    assert sum(inside.notes.box) + sum(inside.coins.box) == kept + stand.emulator.tray + owed


@given(st.lists(st.sampled_from([lose, garble, bytes]), max_size=60))
@settings(max_examples=10, suppress_health_check=EACH_TIME)
def test_answers_that_get_lost_or_garbled_change_no_sum(
    restart: Callable[[], Stand], mangles: list[Callable[[bytes], bytes]]
) -> None:
    stand = restart()
    stand.cash.start()
    before = unbooked(stand)
    stand.emulator.mangle(*mangles)
    number = f"O{len(stand.emulator.commands)}"
    answer = stand.pay(_AMOUNT, stand.coin(50), stand.note(1000), stand.coin(100), order_no=number)
    stand.emulator.mangle_no_more()
    assert isinstance(answer, Paid | Declined)
    assert unbooked(stand) == before


def unbooked(stand: Stand) -> dict[str, int]:
    """What lies in the machine and not in the books, by place."""
    there, books = worth(stand), booked(stand)
    differences = {place: there.get(place, 0) - books.get(place, 0) for place in {*there, *books}}
    return {place: minor for place, minor in differences.items() if minor}


def test_a_note_stuck_on_its_way_is_a_claim_with_a_name(stand: Stand) -> None:
    stand.emulator.inside.notes.jams_at_stacker = True
    assert isinstance(stand.pay(1000, stand.note(1000)), Declined)
    claim = stand.order().claim
    assert claim is not None
    assert (claim.owed.minor, claim.doubtful_notes.minor) == (0, 1000)
    assert stand.kinds() == ["stack_in_doubt"]
    assert 2000 not in stand.cash.outlook(1000).accepted, "the acceptor waits for a person"


def test_strings_rejects_and_foreign_notes_move_no_money(stand: Stand) -> None:
    inside = stand.emulator.inside
    answer = stand.pay(1000, inside.notes.insert_on_string, stand.note(777), stand.coin(3), stand.note(1000))
    assert isinstance(answer, Paid | Declined)
    assert CashStep.NOT_ACCEPTED in stand.told
    assert booked(stand) == worth(stand)


def test_a_full_box_sends_the_note_back_and_takes_coins(stand: Stand) -> None:
    stand.emulator.inside.notes.capacity = 1
    first = stand.pay(1000, stand.note(1000))
    assert isinstance(first, Paid)
    stand.told.clear()
    assert isinstance(stand.pay(100, stand.coin(100), order_no="O2"), Paid)
    opened = next(step for step in stand.told if isinstance(step, CashInserted))
    assert opened.accepted == (10, 50, 100), "no note while the box is full"


def test_money_that_comes_unasked_is_a_discrepancy_and_in_the_books(stand: Stand) -> None:
    stand.emulator.inside.coins.mask, stand.emulator.inside.coins.enabled = 0xFFFF, True
    stand.emulator.insert_coin(100)
    stand.cash.start()
    assert stand.kinds() == ["money_without_order"]
    assert stand.balances()["cash_difference"] == -100
    assert booked(stand) == worth(stand)


def test_more_events_than_the_device_remembers_are_named(stand: Stand) -> None:
    stand.emulator.inside.coins.mask, stand.emulator.inside.coins.enabled = 0xFFFF, True
    for _ in range(8):
        stand.emulator.insert_coin(100)
    stand.cash.start()
    assert set(stand.kinds()) == {"events_lost", "pieces_uncounted", "money_without_order"}
    assert booked(stand)["acceptor:coins"] == 500
    stand.cash.start()
    assert stand.kinds().count("pieces_uncounted") == 1, "it is said once"


def test_coins_that_a_hopper_lost_are_missing_in_the_book_too(stand: Stand) -> None:
    hopper = stand.emulator.inside.hoppers["hopper-100"]
    hopper.coins -= 2
    hopper.paid_in_life += 2
    stand.cash.start()
    assert stand.kinds() == ["pieces_uncounted"]
    assert booked(stand) == worth(stand)


def test_a_jam_in_one_hopper_is_paid_by_the_other_or_claimed(stand: Stand) -> None:
    stand.emulator.inside.hoppers["hopper-100"].jams_after = 2
    assert isinstance(stand.pay(1000, stand.note(2000)), Paid)
    assert stand.emulator.tray == 1000
    assert stand.order().claim is None
    assert booked(stand) == worth(stand)
