"""Card, cash and a shown code: chosen by a touch, followed step by step, left for another way while nothing moved."""

from __future__ import annotations

import pytest

from drivers.contracts.payment import DeclineReason, Needs
from drivers.contracts.payment_steps import CashInserted, CashStep, TerminalStep
from kiosk.journeys.effects import Pay, StopPaying
from kiosk.journeys.events import CodeShown, OtherWayWanted, ScannerChanged, WayChanged, WayChosen
from kiosk.journeys.pay_states import PayNow, PayWaiting
from kiosk.journeys.states import OutOfService, Printing
from shared.domain.money import Money
from shared.selling.progress import (
    PaymentCodeReady,
    PaymentDone,
    PaymentInPart,
    PaymentRefused,
    PaymentStepReached,
    PaymentUndone,
    PaymentUnsure,
)
from tests.kiosk.journey import CODE, HOUSE, QUOTE, SALE, Walk, progressed, to_payment

OTHERS = [way.method for way in HOUSE.ways if way.needs is not Needs.SCANNED_CODE]


def waiting(walk: Walk) -> PayWaiting:
    assert isinstance(walk.state.at, PayWaiting)
    return walk.state.at


@pytest.mark.parametrize("method", OTHERS)
def test_a_touch_on_a_way_pays_in_it(method: str) -> None:
    walk = to_payment()(WayChosen(method))
    assert walk.last == Pay(SALE, method)
    assert waiting(walk).way.method == method


def test_a_scanned_code_needs_no_choice_before() -> None:
    walk = to_payment()(CodeShown(CODE))
    assert waiting(walk).way.method == "wechat"
    assert not waiting(walk).can_stop


@pytest.mark.parametrize("method", ["wechat", "nothing-of-the-kind"])
def test_a_way_that_is_not_offered_is_passed_over(method: str) -> None:
    before = to_payment()
    assert before(WayChosen(method)).state.at == to_payment().state.at


def test_a_way_whose_device_went_away_is_not_offered_and_comes_back() -> None:
    walk = to_payment()(WayChanged("card", works=False), WayChosen("card"))
    assert isinstance(walk.state.at, PayNow)
    walk(WayChanged("card", works=True), WayChosen("card"))
    assert waiting(walk).way.method == "card"


def test_without_a_scanner_the_other_ways_still_sell() -> None:
    walk = to_payment()(ScannerChanged(working=False))
    assert isinstance(walk.state.at, PayNow)
    for method in OTHERS:
        walk(WayChanged(method, works=False))
    assert isinstance(walk.state.at, OutOfService)


def test_the_code_to_show_and_the_steps_reach_the_screen() -> None:
    walk = progressed(to_payment()(WayChosen("wechat-native")), PaymentCodeReady(SALE, 1, "a code", 300.0))
    assert waiting(walk).code == "a code"
    assert "a code" not in repr(walk.state)
    walk = progressed(to_payment()(WayChosen("card")), PaymentStepReached(SALE, 1, TerminalStep.ENTER_PIN))
    assert waiting(walk).step is TerminalStep.ENTER_PIN


def test_cash_is_counted_while_the_last_request_stays() -> None:
    walk = to_payment()(WayChosen("cash"))
    progressed(walk, PaymentStepReached(SALE, 1, CashStep.INSERT), PaymentStepReached(SALE, 1, CashInserted(5000)))
    assert (waiting(walk).step, waiting(walk).inserted) == (CashStep.INSERT, 5000)


@pytest.mark.parametrize("method", OTHERS)
def test_another_way_is_asked_for_once_and_needs_no_excuse(method: str) -> None:
    walk = to_payment()(WayChosen(method), OtherWayWanted(), OtherWayWanted())
    assert walk.effects.count(StopPaying(SALE)) == 1
    assert waiting(walk).stopping
    progressed(walk, PaymentRefused(SALE, 1, DeclineReason.CANCELLED))
    assert walk.state.at == PayNow(waiting_number(walk), QUOTE, SALE, 1)


def waiting_number(walk: Walk) -> int:
    return walk.state.house.asked


def test_stopped_too_late_is_paid() -> None:
    walk = progressed(to_payment()(WayChosen("card"), OtherWayWanted()), PaymentDone(SALE, 2))
    assert isinstance(walk.state.at, Printing)


def test_an_unclear_payment_cannot_be_left() -> None:
    walk = progressed(to_payment()(WayChosen("card")), PaymentUnsure(SALE, 1))(OtherWayWanted())
    assert StopPaying(SALE) not in walk.effects


def test_a_stopped_code_that_was_reversed_says_nothing_is_wrong() -> None:
    walk = progressed(to_payment()(WayChosen("wechat-native"), OtherWayWanted()), PaymentUndone(SALE, 1))
    assert isinstance(walk.state.at, PayNow)
    assert walk.state.at.notice is None


def test_a_part_that_is_paid_leaves_the_rest_for_any_way() -> None:
    rest = Money(QUOTE.total.minor - 100, QUOTE.total.currency)
    walk = progressed(to_payment()(WayChosen("cash")), PaymentInPart(SALE, 1, rest))
    assert isinstance(walk.state.at, PayNow)
    assert walk.state.at.rest == rest
    assert waiting(walk(WayChosen("card"))).due == rest


def test_steps_of_an_attempt_that_is_over_are_dropped() -> None:
    walk = progressed(to_payment()(WayChosen("card")), PaymentRefused(SALE, 1, DeclineReason.OTHER))
    walk(WayChosen("cash"))
    before = walk.state
    progressed(walk, PaymentStepReached(SALE, 1, TerminalStep.ENTER_PIN), PaymentCodeReady(SALE, 1, "late", 1.0))
    assert walk.state == before
