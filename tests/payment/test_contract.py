"""The contract of payment methods, run on every electronic one."""

from __future__ import annotations

import pytest
import structlog

from drivers.contracts.payment import (
    Declined,
    DeclineReason,
    Needs,
    Paid,
    Pending,
    Refunded,
    Reversed,
    Unknown,
)
from tests.payment.ways import AMOUNT, Way


def test_a_payer_who_pays_has_paid_what_was_asked_and_the_provider_has_it(way: Way) -> None:
    charge = way.charge()
    answer = way.pay(charge)
    assert isinstance(answer, Paid)
    assert (answer.amount_minor, answer.currency) == (AMOUNT, "CNY")
    assert answer.reference
    assert way.method.query(charge.order_no) == answer
    assert way.taken_minor == AMOUNT


def test_a_payer_who_does_not_pay_has_paid_nothing(way: Way) -> None:
    charge = way.charge()
    assert isinstance(way.refuse(charge), Declined | Reversed)
    assert isinstance(way.method.query(charge.order_no), Declined | Reversed)
    assert way.taken_minor == 0


def test_a_lost_answer_is_unknown_and_the_query_tells_what_the_provider_holds(way: Way) -> None:
    charge = way.charge()
    way.lose_answer()
    assert isinstance(way.pay(charge), Unknown)
    settled = way.method.query(charge.order_no)
    assert isinstance(settled, Paid) == (way.taken_minor == AMOUNT)
    if way.method.needs is not Needs.SHOWN_CODE:  # nobody scans a code that never came
        assert isinstance(settled, Paid)


def test_what_was_paid_goes_back_by_a_reversal_or_by_the_refund_it_asks_for(way: Way) -> None:
    charge = way.charge()
    way.pay(charge)
    undone = way.method.reverse(charge.order_no)
    if isinstance(undone, Paid):
        assert undone.amount_minor == AMOUNT
        assert isinstance(way.method.refund(charge.order_no, "refund-1", AMOUNT, AMOUNT), Refunded)
    else:
        assert undone == Reversed()
        assert way.method.query(charge.order_no) == Reversed()
    assert way.taken_minor == 0


def test_a_reversal_whose_answer_is_lost_is_asked_again_and_moves_money_once(way: Way) -> None:
    charge = way.charge()
    way.pay(charge)
    way.lose_answer()
    first = way.method.reverse(charge.order_no)
    again = way.method.reverse(charge.order_no)
    assert isinstance(first, Unknown | Paid)
    assert isinstance(again, Reversed | Paid)
    assert way.taken_minor == (AMOUNT if isinstance(again, Paid) else 0)


def test_an_order_never_sent_was_not_paid_and_can_be_reversed(way: Way) -> None:
    assert not isinstance(way.method.query("order-never-sent"), Paid)
    assert not isinstance(way.method.reverse("order-never-sent"), Paid)
    assert way.taken_minor == 0


def test_the_same_refund_twice_gives_money_back_once(way: Way) -> None:
    charge = way.charge()
    way.pay(charge)
    way.lose_answer()
    lost = way.method.refund(charge.order_no, "refund-1", AMOUNT, AMOUNT)
    first = way.method.refund(charge.order_no, "refund-1", AMOUNT, AMOUNT)
    assert isinstance(lost, Unknown | Refunded)
    assert isinstance(first, Refunded)
    assert way.method.refund(charge.order_no, "refund-1", AMOUNT, AMOUNT) == first
    assert way.taken_minor == 0


def test_a_part_of_an_order_is_refunded(way: Way) -> None:
    charge = way.charge()
    way.pay(charge)
    assert isinstance(way.method.refund(charge.order_no, "refund-1", 6000, AMOUNT), Refunded)
    assert way.taken_minor == AMOUNT - 6000


def test_another_currency_is_declined_and_nothing_is_asked_for(way: Way) -> None:
    assert way.method.submit(way.charge("JPY")) == Declined(DeclineReason.NOT_SUPPORTED, "currency")
    assert way.taken_minor == 0


def test_a_cancel_of_what_does_not_wait_does_nothing(way: Way) -> None:
    charge = way.charge()
    way.pay(charge)
    way.method.cancel(charge.order_no)
    way.method.cancel("order-never-sent")
    assert isinstance(way.method.query(charge.order_no), Paid)


@pytest.mark.parametrize("order_no", ["", "short", "with/slash/in/it", "x" * 33, "new\nline"])
def test_an_order_number_of_the_wrong_form_is_our_mistake(way: Way, order_no: str) -> None:
    for call in (way.method.query, way.method.reverse):
        with pytest.raises(ValueError, match="order number"):
            call(order_no)


@pytest.mark.parametrize(("amount", "total"), [(0, 100), (101, 100), (-1, 100), (0, 0)])
def test_an_amount_outside_the_order_is_our_mistake(way: Way, amount: int, total: int) -> None:
    with pytest.raises(ValueError, match="amount"):
        way.method.refund("order-000001", "refund-1", amount, total)


def test_what_pays_is_in_no_log_and_no_repr(way: Way) -> None:
    charge = way.charge()
    with structlog.testing.capture_logs() as logs:
        answer = way.method.submit(charge)
        shown = answer.show.text if isinstance(answer, Pending) and answer.show is not None else ""
        way.method.query(charge.order_no)
    seen = f"{logs!r} {answer!r} {charge!r} {way.method!r}"
    assert not charge.code or charge.code not in seen
    assert not shown or shown not in seen


def test_a_method_says_what_it_needs_and_how_it_is_paced(way: Way) -> None:
    assert way.method.name
    assert isinstance(way.method.needs, Needs)
    assert way.method.earliest_reverse_seconds >= 0
    assert way.method.refund_apart_seconds >= 0
