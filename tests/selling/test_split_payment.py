"""A sale paid in parts: tickets when the parts make up the total, every part back when it is given up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.domain.money import Currency, Money
from shared.domain.sale_history import HistoryError
from shared.selling import progress
from shared.selling.paying import Payer
from tests.selling.conftest import Booth, basket

UNREACHABLE = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def cny(minor: int) -> Money:
    return Money(minor, Currency("CNY"))


def pay(booth: Booth, minor: int | None = None, behaviour: Behaviour = Behaviour.APPROVE) -> None:
    booth.process.pay("S1", Payer("wechat", make_code(behaviour)), None if minor is None else cny(minor))


@pytest.fixture
def half_paid(booth: Booth) -> Booth:
    booth.process.open("S1", basket())
    pay(booth, 5000)
    return booth


def test_two_payments_make_one_sale(half_paid: Booth) -> None:
    assert half_paid.told[-1] == progress.PaymentInPart("S1", 1, cny(7000))
    assert half_paid.store.sale("S1").tickets == ()
    pay(half_paid)
    sale = half_paid.store.sale("S1")
    assert (sale.outcome, [a.amount.minor for a in sale.attempts]) == ("done", [5000, 7000])
    assert half_paid.gateway.taken_minor == 12000


def test_more_than_the_rest_is_not_taken(half_paid: Booth) -> None:
    with pytest.raises(HistoryError, match="the rest or a part"):
        pay(half_paid, 7001)
    assert half_paid.gateway.taken_minor == 5000


def test_a_declined_second_part_leaves_the_first_and_may_be_tried_again(half_paid: Booth) -> None:
    pay(half_paid, 7000, Behaviour.NOT_ENOUGH)
    assert half_paid.store.open_sales() == ["S1"]
    pay(half_paid)
    assert half_paid.store.sale("S1").outcome == "done"


def test_given_up_after_a_part_the_money_goes_back_and_the_places_too(half_paid: Booth) -> None:
    half_paid.process.cancel("S1")
    assert half_paid.told[-1] == progress.SaleReleased("S1")
    assert half_paid.gateway.taken_minor == 0
    assert half_paid.store.leases()[0].used == 0


def test_a_stop_after_a_part_gives_it_back_at_the_next_start(open_booth: Callable[[], Booth], half_paid: Booth) -> None:
    again = open_booth()
    again.process.resume()
    assert again.store.sale("S1").outcome == "released"
    assert again.gateway.taken_minor == 0


def test_a_refund_whose_answer_is_lost_is_sent_again_and_pays_back_once(half_paid: Booth) -> None:
    half_paid.gateway.lose_next_answer()
    half_paid.process.cancel("S1")
    sale = half_paid.store.sale("S1")
    assert (sale.outcome, sale.attempts[0].state) == ("released", "refunded")
    assert half_paid.gateway.taken_minor == 0


def test_a_refund_that_nobody_answers_becomes_a_claim_and_is_finished_later(
    open_booth: Callable[[], Booth], half_paid: Booth
) -> None:
    for _ in range(half_paid.counter.pace.refund_tries):
        half_paid.gateway.answer_next(UNREACHABLE)
    half_paid.process.cancel("S1")
    assert half_paid.heard(progress.SaleToWindow)
    assert half_paid.store.open_sales() == ["S1"]
    again = open_booth()
    again.process.resume()
    assert again.store.sale("S1").outcome == "released"
    assert again.gateway.taken_minor == 0
