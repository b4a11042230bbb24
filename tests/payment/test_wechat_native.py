from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    Paid,
    PaymentAnswer,
    Pending,
    Refunded,
    ReverseAnswer,
    Reversed,
    Unknown,
)
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.errors import ConfigurationError
from drivers.payment.wechat_native import WeChatNative
from drivers.payment.wechat_outcomes import Answer, close_answer, shown_answer
from drivers.payment.wechat_settings import WeChatSettings

CHARGE = Charge("order-000001", 18000, "CNY", "成人票 x2")


@pytest.fixture
def native(settings: WeChatSettings) -> WeChatNative:
    return WeChatNative(settings)


def shown(native: WeChatNative) -> str:
    answer = native.submit(CHARGE)
    assert isinstance(answer, Pending)
    assert answer.show is not None
    return answer.show.text


def test_a_shown_code_is_pending_until_it_is_scanned(native: WeChatNative, gateway: WeChatGatewayEmulator) -> None:
    assert native.needs is Needs.SHOWN_CODE
    text = shown(native)
    assert native.query(CHARGE.order_no) == Pending()
    assert gateway.scan(text)
    assert isinstance(native.query(CHARGE.order_no), Paid)
    assert not gateway.scan(text)


def test_a_closed_order_takes_no_money(native: WeChatNative, gateway: WeChatGatewayEmulator) -> None:
    text = shown(native)
    assert native.reverse(CHARGE.order_no) == Reversed()
    assert not gateway.scan(text)
    assert native.query(CHARGE.order_no) == Reversed()
    assert native.reverse(CHARGE.order_no) == Reversed()


def test_an_order_paid_before_it_could_be_closed_is_told_as_paid(
    native: WeChatNative, gateway: WeChatGatewayEmulator
) -> None:
    assert gateway.scan(shown(native))
    late = native.reverse(CHARGE.order_no)
    assert isinstance(late, Paid)
    assert late.amount_minor == 18000
    assert isinstance(native.refund(CHARGE.order_no, "refund-1", 18000, 18000), Refunded)


def test_the_same_order_is_not_shown_twice(native: WeChatNative) -> None:
    shown(native)
    assert native.submit(CHARGE) == Unknown("HTTP 400 OUT_TRADE_NO_USED")


def test_a_merchant_without_an_address_for_notices_cannot_show_codes(gateway: WeChatGatewayEmulator) -> None:
    for wrong in ("", "http://example.org/", "nowhere"):
        with pytest.raises(ConfigurationError) as raised:
            WeChatNative(WeChatSettings.from_mapping({**gateway.settings(), "notify_url": wrong}))
        assert raised.value.key == "notify_url"


@pytest.mark.parametrize("seconds", [59, 601, float("nan")])
def test_a_code_is_shown_for_one_minute_to_ten(gateway: WeChatGatewayEmulator, seconds: float) -> None:
    with pytest.raises(ConfigurationError, match="shown_seconds"):
        WeChatNative(WeChatSettings.from_mapping({**gateway.settings(), "shown_seconds": seconds}))


def test_the_provider_is_told_until_when_the_code_is_good(
    settings: WeChatSettings, gateway: WeChatGatewayEmulator
) -> None:
    native = WeChatNative(settings, lambda: datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    shown(native)
    assert gateway.expires == {CHARGE.order_no: "2026-11-23T01:02:00+00:00"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"code_url": 1}',
        b'{"code_url": "https://example.org"}',
        b'{"code_url": "weixin://\\u0000"}',
        b"[]",
    ],
)
def test_an_answer_without_a_code_is_unknown(body: bytes) -> None:
    assert isinstance(shown_answer(Answer(200, body.decode()), 60), Unknown)


bodies = st.text() | st.dictionaries(
    st.sampled_from(["code", "code_url", "message"]),
    st.none() | st.text() | st.sampled_from(["ORDER_PAID", "ORDER_CLOSED", "PARAM_ERROR", "weixin://wxpay/x"]),
).map(json.dumps)


@given(st.integers(100, 599), bodies)
def test_any_answer_becomes_a_value_of_the_contract(status: int, body: str) -> None:
    assert isinstance(shown_answer(Answer(status, body), 60), get_args(PaymentAnswer))
    assert isinstance(close_answer(Answer(status, body)), get_args(ReverseAnswer))


def test_a_refusal_says_whose_fault_it_is() -> None:
    refused = Answer(403, json.dumps({"code": "NO_AUTH", "message": "商户无权限"}))
    assert shown_answer(refused, 60) == Declined(DeclineReason.MERCHANT, "NO_AUTH")
    assert close_answer(Answer(400, json.dumps({"code": "ORDER_PAID"}))) == Unknown("HTTP 400 ORDER_PAID")
    assert close_answer(Answer(204, "")) == Reversed()
