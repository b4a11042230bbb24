from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.payment import (
    Declined,
    DeclineReason,
    Paid,
    PaymentAnswer,
    Pending,
    QueryAnswer,
    RefundAnswer,
    Refunded,
    ReverseAnswer,
    Reversed,
    Unknown,
)
from drivers.payment.wechat_answers import PAYMENT_FAILED, REFUND_FAILED, TRADE_STATES
from drivers.payment.wechat_outcomes import (
    Answer,
    Order,
    payment_answer,
    query_answer,
    refund_answer,
    reverse_answer,
)

ORDER = Order("1900000109", "wx8888888888888888", "order-000001", 18000)
PAID: dict[str, Any] = {
    "mchid": ORDER.mchid,
    "appid": ORDER.appid,
    "out_trade_no": ORDER.order_no,
    "transaction_id": "4200000000000000000000000001",
    "trade_state": "SUCCESS",
    "amount": {"total": 18000, "payer_total": 17000, "currency": "CNY"},
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
# Bodies that look right, each field either as it should be or anything else.
near_bodies = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.just(value) | json_values for name, value in PAID.items()},
        "trade_state": st.sampled_from([*TRADE_STATES, "SUCCESS"]) | json_values,
        "code": st.sampled_from([*PAYMENT_FAILED, *REFUND_FAILED, "SYSTEM_ERROR", "USERPAYING"]) | json_values,
        "message": st.text() | json_values,
        "status": st.sampled_from(["SUCCESS", "PROCESSING", "CLOSED", "ABNORMAL"]) | json_values,
        "refund_id": st.just("5000") | json_values,
        "out_refund_no": st.just("refund-1") | json_values,
        "amount": st.just({"total": 18000, "refund": 100}) | json_values,
        "recall": st.sampled_from(["Y", "N"]) | json_values,
    },
)
bodies = st.text() | (json_values | near_bodies).map(json.dumps)
statuses = st.sampled_from([200, 202, 204, 301, 400, 401, 403, 404, 429, 500, 502, 503]) | st.integers(100, 599)


def answered(http: int, **fields: object) -> Answer:
    return Answer(http, json.dumps(fields))


@given(statuses, bodies)
def test_any_answer_becomes_a_value_of_the_contract(status: int, body: str) -> None:
    answer = Answer(status, body)
    assert isinstance(payment_answer(answer, ORDER), get_args(PaymentAnswer))
    assert isinstance(query_answer(answer, ORDER), get_args(QueryAnswer))
    assert isinstance(reverse_answer(answer, ORDER), get_args(ReverseAnswer))
    assert isinstance(refund_answer(answer, "refund-1", 100), get_args(RefundAnswer))


@given(statuses, near_bodies)
def test_paid_is_only_what_says_so_in_full(status: int, fields: dict[str, object]) -> None:
    amount = fields.get("amount")
    right = (
        status in (200, 204)
        and all(fields.get(name) == PAID[name] for name in ("mchid", "appid", "out_trade_no", "trade_state"))
        and isinstance(amount, dict)
        and amount.get("total") == 18000
    )
    if isinstance(payment_answer(Answer(status, json.dumps(fields)), ORDER), Paid):
        assert right


def test_a_whole_success_is_paid() -> None:
    assert payment_answer(answered(200, **PAID), ORDER) == Paid(PAID["transaction_id"], 18000, "CNY")


@pytest.mark.parametrize("missing", ["mchid", "appid", "out_trade_no", "transaction_id", "amount"])
def test_a_success_with_something_missing_is_unknown(missing: str) -> None:
    fields = {name: value for name, value in PAID.items() if name != missing}
    assert isinstance(payment_answer(answered(200, **fields), ORDER), Unknown)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": {"total": 17999, "currency": "CNY"}},
        {"amount": {"total": 18000, "currency": "HKD"}},
        {"amount": {"total": True}},
        {"amount": {"total": "18000"}},
        {"amount": 18000},
        {"amount": {"total": -18000, "currency": "CNY"}},
        {"transaction_id": 42},
        {"transaction_id": "\ud800"},
    ],
)
def test_another_amount_or_form_than_asked_is_unknown(change: dict[str, object]) -> None:
    assert isinstance(payment_answer(answered(200, **{**PAID, **change}), ORDER), Unknown)


def test_a_body_nested_too_deep_is_unknown() -> None:
    assert isinstance(payment_answer(Answer(200, "[" * 60_000), ORDER), Unknown)


@pytest.mark.parametrize("code", ["USERPAYING", "USER_PAYING"])
def test_waiting_for_the_payer_may_come_as_an_error(code: str) -> None:
    assert payment_answer(answered(400, code=code, message=""), ORDER) == Pending()


@pytest.mark.parametrize(
    ("code", "message", "reason"),
    [
        ("NOTENOUGH", "余额不足", DeclineReason.INSUFFICIENT_FUNDS),
        ("NOT_ENOUGH", "余额不足", DeclineReason.INSUFFICIENT_FUNDS),
        ("AUTHCODEEXPIRE", "", DeclineReason.CODE_EXPIRED),
        ("AUTH_CODE_INVALID", "101 付款码已过期，请退出重试", DeclineReason.CODE_EXPIRED),
        ("AUTH_CODE_INVALID", "请扫描微信支付被扫条码/二维码", DeclineReason.CODE_INVALID),
        ("AUTHCODE_ERROR", "每个二维码仅限使用一次，请刷新再试", DeclineReason.CODE_USED),
        ("NOTSUPORTCARD", "", DeclineReason.NOT_SUPPORTED),
        ("TRADE_ERROR", "用户没有输入支付密码", DeclineReason.OTHER),
        ("ORDERREVERSED", "", DeclineReason.CANCELLED),
        ("NO_AUTH", "商户无权限", DeclineReason.MERCHANT),
    ],
)
def test_a_failed_payment_is_declined_with_its_reason(code: str, message: str, reason: DeclineReason) -> None:
    assert payment_answer(answered(403, code=code, message=message), ORDER) == Declined(reason, code)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "SYSTEM_ERROR"),
        (500, "BANK_ERROR"),
        (400, "INVALID_REQUEST"),
        (400, "ORDER_PAID"),
        (400, "OUT_TRADE_NO_USED"),
        (429, "FREQUENCY_LIMITED"),
        (429, "RATELIMIT_EXCEEDED"),
        (400, "A_CODE_OF_TOMORROW"),
        (500, "NOT_ENOUGH"),
        (302, "NOT_ENOUGH"),
    ],
)
def test_an_error_that_leaves_the_payment_open_is_unknown(status: int, code: str) -> None:
    assert payment_answer(answered(status, code=code, message=""), ORDER) == Unknown(f"HTTP {status} {code}")


@pytest.mark.parametrize("code", sorted(PAYMENT_FAILED))
def test_an_error_of_the_query_itself_settles_nothing(code: str) -> None:
    assert isinstance(query_answer(answered(400, code=code), ORDER), Unknown)


def test_only_the_gateways_own_words_say_that_an_order_is_not_known() -> None:
    assert isinstance(query_answer(answered(404, code="ORDER_NOT_EXIST"), ORDER), Declined)
    assert isinstance(query_answer(Answer(404, "<html>Not Found</html>"), ORDER), Unknown)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("USERPAYING", Pending()),
        ("NOTPAY", Pending()),
        ("ACCEPT", Pending()),
        ("PAYERROR", Declined(DeclineReason.OTHER, "PAYERROR")),
        ("REVOKED", Reversed()),
        ("CLOSED", Reversed()),
        ("REFUND", Reversed()),
    ],
)
def test_trade_states(state: str, expected: QueryAnswer) -> None:
    assert query_answer(answered(200, trade_state=state), ORDER) == expected


def test_a_reversal_is_done_when_the_gateway_says_so() -> None:
    assert reverse_answer(Answer(204, ""), ORDER) == Reversed()
    assert reverse_answer(answered(400, code="ORDER_REVERSED"), ORDER) == Reversed()
    assert isinstance(reverse_answer(answered(200, recall="Y"), ORDER), Unknown)
    assert isinstance(reverse_answer(answered(200, out_trade_no="another"), ORDER), Unknown)
    assert isinstance(reverse_answer(answered(400, code="USERPAYING"), ORDER), Unknown)
    assert isinstance(reverse_answer(answered(202), ORDER), Unknown)


def test_a_refund_needs_the_right_number_amount_and_state() -> None:
    good: dict[str, Any] = {
        "refund_id": "5000",
        "out_refund_no": "refund-1",
        "status": "PROCESSING",
        "amount": {"refund": 100, "total": 18000, "currency": "CNY"},
    }
    assert refund_answer(answered(200, **good), "refund-1", 100) == Refunded("5000")
    assert isinstance(refund_answer(answered(200, **good), "refund-2", 100), Unknown)
    assert isinstance(refund_answer(answered(200, **good), "refund-1", 99), Unknown)
    others: tuple[object, ...] = ("ABNORMAL", None, ["PROCESSING"], {})
    for status in others:
        assert isinstance(refund_answer(answered(200, **{**good, "status": status}), "refund-1", 100), Unknown)
    assert isinstance(refund_answer(answered(200, **{**good, "status": "CLOSED"}), "refund-1", 100), Declined)
    assert refund_answer(answered(403, code="NOT_ENOUGH"), "r", 1) == Declined(DeclineReason.MERCHANT, "NOT_ENOUGH")


@given(st.text())
def test_nothing_of_a_message_reaches_the_outcome(message: str) -> None:
    secret = "131234567890123456"
    for code in ("PARAM_ERROR", "AUTH_CODE_INVALID", "SYSTEM_ERROR", secret):
        body = json.dumps({"code": code, "message": message + secret, "detail": {"value": secret}})
        outcome = payment_answer(Answer(400, body), ORDER)
        assert secret not in repr(outcome)
