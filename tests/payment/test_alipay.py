from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from drivers.contracts.payment import (
    Charge,
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
from drivers.emulators.alipay_gateway import AlipayGatewayEmulator, make_alipay_code
from drivers.emulators.wechat_gateway import Behaviour
from drivers.payment import alipay_outcomes as outcomes
from drivers.payment.alipay import Alipay, AlipayShown
from drivers.payment.alipay_answers import PAYMENT_FAILED, REFUND_FAILED
from drivers.payment.alipay_outcomes import Order
from drivers.payment.alipay_settings import AlipaySettings
from tests.payment.test_wechat_garbage import GARBAGE

ORDER = Order("order-000001", 18000)
PAID: dict[str, object] = {
    "code": "10000",
    "out_trade_no": ORDER.order_no,
    "trade_no": "2026112322001",
    "total_amount": "180.00",
    "trade_status": "TRADE_SUCCESS",
}

json_values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=2)
near_fields = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.just(value) | json_values for name, value in PAID.items()},
        "code": st.sampled_from(["10000", "10003", "20000", "40004", "40002"]) | json_values,
        "sub_code": st.sampled_from([*PAYMENT_FAILED, *REFUND_FAILED, "ACQ.SYSTEM_ERROR"]) | json_values,
        "trade_status": st.sampled_from(["WAIT_BUYER_PAY", "TRADE_CLOSED", "TRADE_SUCCESS"]) | json_values,
        "qr_code": st.just("https://qr.alipay.com/abc") | json_values,
        "retry_flag": st.sampled_from(["Y", "N"]) | json_values,
        "fund_change": st.sampled_from(["Y", "N"]) | json_values,
        "refund_amount": st.just("1.00") | json_values,
        "out_request_no": st.just("refund-1") | json_values,
    },
)


def charge(behaviour: Behaviour = Behaviour.APPROVE, order_no: str = "order-000001") -> Charge:
    return Charge(order_no, 18000, "CNY", "成人票 x2", make_alipay_code(behaviour))


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour.NOT_ENOUGH, DeclineReason.INSUFFICIENT_FUNDS),
        (Behaviour.EXPIRED, DeclineReason.CODE_INVALID),
        (Behaviour.USED, DeclineReason.CODE_INVALID),
        (Behaviour.LIMIT, DeclineReason.LIMIT),
    ],
)
def test_a_refused_payment_says_what_the_payer_can_do(
    alipay: Alipay, alipay_gateway: AlipayGatewayEmulator, behaviour: Behaviour, reason: DeclineReason
) -> None:
    answer = alipay.submit(charge(behaviour))
    assert isinstance(answer, Declined)
    assert answer.reason is reason
    assert alipay_gateway.taken_minor == 0


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour.ANSWER_LOST,
        Behaviour.SLOW,
        Behaviour.SYSTEM_ERROR_PAID,
        Behaviour.BAD_SIGNATURE,
        Behaviour.NO_SIGNATURE,
        Behaviour.OTHER_AMOUNT,
        Behaviour.OTHER_ORDER,
    ],
)
def test_an_answer_that_cannot_be_believed_is_unknown_and_a_query_settles_it(
    alipay: Alipay, alipay_gateway: AlipayGatewayEmulator, behaviour: Behaviour
) -> None:
    assert isinstance(alipay.submit(charge(behaviour)), Unknown)
    assert alipay_gateway.taken_minor == 18000
    answer = alipay.query("order-000001")
    assert isinstance(answer, Paid)
    assert answer.amount_minor == 18000


def test_a_payer_who_confirms_pays_and_one_who_cancels_does_not(alipay: Alipay) -> None:
    for number, behaviour, end in ((1, Behaviour.CONFIRM_SOON, Paid), (2, Behaviour.CANCEL_SOON, Reversed)):
        asked = charge(behaviour, f"order-{number:06}")
        assert alipay.submit(asked) == Pending()
        assert alipay.query(asked.order_no) == Pending()
        assert isinstance(alipay.query(asked.order_no), end)


def test_a_system_error_stays_open_until_it_is_reversed(alipay: Alipay) -> None:
    assert alipay.submit(charge(Behaviour.SYSTEM_ERROR)) == Unknown("40004 ACQ.SYSTEM_ERROR")
    assert alipay.query("order-000001") == Pending()
    assert alipay.reverse("order-000001") == Reversed()


def test_a_request_that_comes_late_finds_its_order_settled_by_the_query(
    alipay_gateway: AlipayGatewayEmulator, alipay: Alipay
) -> None:
    assert isinstance(alipay.submit(charge(Behaviour.REQUEST_LOST)), Unknown)
    assert alipay.query("order-000001") == Declined(DeclineReason.OTHER, "ACQ.TRADE_NOT_EXIST")
    assert alipay_gateway.taken_minor == 0


def test_the_same_order_sent_again_pays_once(alipay: Alipay, alipay_gateway: AlipayGatewayEmulator) -> None:
    assert isinstance(alipay.submit(charge()), Paid)
    assert alipay.submit(charge()) == Unknown("40004 ACQ.TRADE_HAS_SUCCESS")
    assert alipay_gateway.taken_minor == 18000


def test_a_shown_code_is_pending_until_scanned_and_paid_by_whoever_confirms(
    alipay_settings: AlipaySettings, alipay_gateway: AlipayGatewayEmulator
) -> None:
    shown = AlipayShown(alipay_settings)
    answer = shown.submit(charge())
    assert isinstance(answer, Pending)
    assert answer.show is not None
    assert answer.show.valid_seconds == 120
    assert shown.query("order-000001") == Pending()
    assert alipay_gateway.scan(answer.show.text, pays=False)
    assert shown.query("order-000001") == Pending()
    assert alipay_gateway.confirm("order-000001")
    assert isinstance(shown.query("order-000001"), Paid)


def test_a_code_that_a_cancel_leaves_open_is_over_only_with_its_time(
    alipay_settings: AlipaySettings, alipay_gateway: AlipayGatewayEmulator
) -> None:
    alipay_gateway.leave_unscanned_open()
    now = 1000.0
    shown = AlipayShown(alipay_settings, monotonic=lambda: now)
    shown.submit(charge())
    assert shown.reverse("order-000001") == Unknown("the code can still be scanned")
    now += 119.0
    assert isinstance(shown.reverse("order-000001"), Unknown)
    now += 2.0
    assert shown.reverse("order-000001") == Reversed()
    assert isinstance(shown.query("order-000001"), Declined)


def test_requests_bear_the_time_of_china_whatever_the_machine_s_zone(alipay_settings: AlipaySettings) -> None:
    right = Alipay(alipay_settings, lambda: datetime.now(UTC))
    wrong = Alipay(alipay_settings, lambda: datetime.now(UTC) + timedelta(hours=1))
    assert wrong.submit(charge()) == Declined(DeclineReason.MERCHANT, "40002")
    assert isinstance(right.submit(charge()), Paid)


def test_a_part_more_than_was_paid_is_not_refunded(alipay: Alipay, alipay_gateway: AlipayGatewayEmulator) -> None:
    alipay.submit(charge())
    assert isinstance(alipay.refund("order-000001", "refund-1", 18000, 18000), Refunded)
    assert isinstance(alipay.refund("order-000001", "refund-2", 1, 18000), Declined)
    assert alipay_gateway.taken_minor == 0


@pytest.mark.parametrize("name", sorted(GARBAGE))
def test_whatever_comes_back_is_unknown_and_in_time(
    alipay: Alipay, alipay_gateway: AlipayGatewayEmulator, name: str
) -> None:
    alipay_gateway.answer_next(GARBAGE[name])
    begun = time.monotonic()
    assert isinstance(alipay.submit(charge()), Unknown)
    assert time.monotonic() - begun < 4


@given(body=st.binary(max_size=300) | near_fields.map(lambda f: json.dumps({"alipay_trade_pay_response": f}).encode()))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_answer_nobody_signed_never_pays(alipay: Alipay, alipay_gateway: AlipayGatewayEmulator, body: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    alipay_gateway.answer_next(head + body)
    assert not isinstance(alipay.submit(charge()), Paid | Pending)


@given(near_fields)
def test_any_fields_become_a_value_of_the_contract(fields: dict[str, object]) -> None:
    assert isinstance(outcomes.payment_answer(fields, ORDER), get_args(PaymentAnswer))
    assert isinstance(outcomes.shown_answer(fields, ORDER, 60), get_args(PaymentAnswer))
    assert isinstance(outcomes.query_answer(fields, ORDER), get_args(QueryAnswer))
    assert isinstance(outcomes.reverse_answer(fields, ORDER), get_args(ReverseAnswer))
    assert isinstance(outcomes.refund_answer(fields, ORDER), get_args(RefundAnswer))
    assert isinstance(outcomes.refund_query_answer(fields, ORDER, "refund-1", 100), get_args(RefundAnswer))


@given(near_fields)
def test_paid_is_only_what_says_so_in_full(fields: dict[str, object]) -> None:
    if isinstance(outcomes.payment_answer(fields, ORDER), Paid):
        assert (fields["code"], fields["out_trade_no"], fields["total_amount"]) == ("10000", "order-000001", "180.00")


@pytest.mark.parametrize("total", ["179.99", "180.001", "180,00", "-180.00", "", "0.00", None, 180, "١٨٠.٠٠"])
def test_another_amount_or_form_than_asked_is_unknown(total: object) -> None:
    assert isinstance(outcomes.payment_answer({**PAID, "total_amount": total}, ORDER), Unknown)
    assert not isinstance(outcomes.query_answer({**PAID, "total_amount": total}, ORDER), Paid)


@given(st.text())
def test_nothing_of_a_message_reaches_the_outcome(message: str) -> None:
    secret = "287777001234567890"
    for sub_code in ("ACQ.INVALID_PARAMETER", "ACQ.SYSTEM_ERROR", secret, f"ACQ.{secret}"):
        fields = {"code": "40004", "sub_code": sub_code, "sub_msg": message + secret, "msg": secret}
        assert secret not in repr(outcomes.payment_answer(fields, ORDER))
