"""Parts of one order go back as far apart as their provider wants them; a repeated request does not wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.contracts.payment import Charge
from drivers.emulators.wechat_gateway import make_code
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_settings import WeChatSettings
from shared.domain.money import Currency, Money
from shared.selling.paying_back import PayingBack, Return, ReturnAnswer
from tests.selling.conftest import Booth


def part(refund_no: str, minor: int, order_no: str = "order-000001") -> Return:
    cny = Currency("CNY")
    return Return(refund_no, "wechat", order_no, Money(minor, cny), Money(18000, cny))


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def paying_back(booth: Booth, pauses: list[float]) -> PayingBack:
    """With the real driver and its minute; the waiting is written down instead of waited."""
    method = WeChatPay(WeChatSettings.from_mapping(booth.gateway.settings()))
    for order_no in ("order-000001", "order-000002"):
        method.submit(Charge(order_no, 18000, "CNY", "x", make_code()))
    return PayingBack(replace(booth.counter, methods={"wechat": method}, pause=pauses.append))


def send(paying_back: PayingBack, back: Return) -> str:
    answers: list[ReturnAnswer] = []
    paying_back.send(back, lambda: None, answers.append)
    return answers[-1].outcome


def test_a_second_part_of_an_order_waits_a_minute(paying_back: PayingBack, pauses: list[float]) -> None:
    assert send(paying_back, part("refund-1", 6000)) == "refunded"
    assert pauses == [0.0]
    assert send(paying_back, part("refund-2", 6000)) == "refunded"
    assert 50 < pauses[-1] <= 60


def test_the_same_part_again_and_another_order_do_not_wait(paying_back: PayingBack, pauses: list[float]) -> None:
    send(paying_back, part("refund-1", 6000))
    send(paying_back, part("refund-1", 6000))
    send(paying_back, part("refund-2", 6000, "order-000002"))
    assert pauses == [0.0, 0.0, 0.0]
