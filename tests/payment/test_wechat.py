from __future__ import annotations

from collections.abc import Callable

import pytest

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Paid,
    PaymentMethod,
    Pending,
    Refunded,
    Reversed,
    Unknown,
)
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from drivers.payment.wechat import WeChatPay

MakeCharge = Callable[..., Charge]


def test_an_approved_payment_is_paid_and_the_provider_has_it(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    method: PaymentMethod = wechat  # the contract is kept, as far as types tell
    asked = charge()
    answer = method.submit(asked)
    assert isinstance(answer, Paid)
    assert (answer.amount_minor, answer.currency) == (18000, "CNY")
    assert gateway.payments == {asked.order_no: "SUCCESS"}
    assert method.query(asked.order_no) == answer


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour.NOT_ENOUGH, DeclineReason.INSUFFICIENT_FUNDS),
        (Behaviour.EXPIRED, DeclineReason.CODE_EXPIRED),
        (Behaviour.INVALID, DeclineReason.CODE_INVALID),
        (Behaviour.USED, DeclineReason.CODE_USED),
        (Behaviour.LIMIT, DeclineReason.LIMIT),
    ],
)
def test_a_refused_payment_says_what_the_payer_can_do(
    wechat: WeChatPay,
    gateway: WeChatGatewayEmulator,
    charge: MakeCharge,
    behaviour: Behaviour,
    reason: DeclineReason,
) -> None:
    asked = charge(behaviour)
    answer = wechat.submit(asked)
    assert isinstance(answer, Declined)
    assert answer.reason is reason
    assert gateway.taken_minor == 0
    assert isinstance(wechat.query(asked.order_no), Declined)


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour.ANSWER_LOST,
        Behaviour.SLOW,
        Behaviour.SYSTEM_ERROR_PAID,
        Behaviour.BAD_SIGNATURE,
        Behaviour.NO_SIGNATURE,
        Behaviour.OTHER_KEY,
        Behaviour.OTHER_AMOUNT,
        Behaviour.OTHER_ORDER,
    ],
)
def test_an_answer_that_cannot_be_believed_is_unknown_and_a_query_settles_it(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge, behaviour: Behaviour
) -> None:
    asked = charge(behaviour)
    assert isinstance(wechat.submit(asked), Unknown)
    assert gateway.taken_minor == 18000
    answer = wechat.query(asked.order_no)
    assert isinstance(answer, Paid)
    assert answer.amount_minor == 18000


def test_a_request_that_never_arrived_is_unknown_and_the_order_not_known(wechat: WeChatPay, charge: MakeCharge) -> None:
    asked = charge(Behaviour.REQUEST_LOST)
    assert isinstance(wechat.submit(asked), Unknown)
    assert wechat.query(asked.order_no) == Declined(DeclineReason.OTHER, "ORDER_NOT_EXIST")


def test_a_system_error_is_unknown_and_the_order_stays_open_until_reversed(
    wechat: WeChatPay, charge: MakeCharge
) -> None:
    asked = charge(Behaviour.SYSTEM_ERROR)
    assert wechat.submit(asked) == Unknown("HTTP 500 SYSTEM_ERROR")
    assert wechat.query(asked.order_no) == Pending()
    assert wechat.reverse(asked.order_no) == Reversed()
    assert wechat.query(asked.order_no) == Reversed()


def test_a_payer_who_confirms_pays(wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge) -> None:
    asked = charge(Behaviour.CONFIRM)
    assert wechat.submit(asked) == Pending()
    assert wechat.query(asked.order_no) == Pending()
    assert gateway.confirm(asked.order_no)
    assert isinstance(wechat.query(asked.order_no), Paid)


def test_a_payer_who_confirms_by_himself_is_paid_at_the_second_query(wechat: WeChatPay, charge: MakeCharge) -> None:
    asked = charge(Behaviour.CONFIRM_SOON)
    assert wechat.submit(asked) == Pending()
    assert wechat.query(asked.order_no) == Pending()
    assert isinstance(wechat.query(asked.order_no), Paid)


def test_a_payer_who_cancels_is_declined(wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge) -> None:
    asked = charge(Behaviour.CANCEL_SOON)
    assert wechat.submit(asked) == Pending()
    wechat.query(asked.order_no)
    assert wechat.query(asked.order_no) == Declined(DeclineReason.OTHER, "PAYERROR")
    assert gateway.taken_minor == 0


def test_the_same_order_sent_again_pays_once(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    first = charge()
    assert isinstance(wechat.submit(first), Paid)
    assert wechat.submit(charge(order_no=first.order_no)) == Unknown("HTTP 400 ORDER_PAID")
    assert gateway.taken_minor == 18000


def test_a_code_pays_one_order_only(wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge) -> None:
    first = charge()
    assert isinstance(wechat.submit(first), Paid)
    answer = wechat.submit(charge(code=first.code))
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.CODE_USED
    assert gateway.taken_minor == 18000


def test_what_a_code_does_can_be_set(wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge) -> None:
    asked = charge(code="101234567890123456")
    gateway.expect(asked.code, Behaviour.NOT_ENOUGH)
    answer = wechat.submit(asked)
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.INSUFFICIENT_FUNDS


def test_reversing_an_order_nobody_knows_is_reversed(wechat: WeChatPay) -> None:
    assert wechat.reverse("order-never-sent") == Reversed()


def test_reversing_a_paid_order_gives_the_money_back_once(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    asked = charge()
    wechat.submit(asked)
    gateway.lose_next_answer()
    assert isinstance(wechat.reverse(asked.order_no), Unknown)
    assert wechat.reverse(asked.order_no) == Reversed()
    assert gateway.taken_minor == 0
    assert wechat.query(asked.order_no) == Reversed()


def test_the_same_refund_twice_gives_money_back_once(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    asked = charge()
    wechat.submit(asked)
    gateway.lose_next_answer()
    assert isinstance(wechat.refund(asked.order_no, "refund-1", 6000, 18000), Unknown)
    first = wechat.refund(asked.order_no, "refund-1", 6000, 18000)
    assert isinstance(first, Refunded)
    assert wechat.refund(asked.order_no, "refund-1", 6000, 18000) == first
    assert gateway.taken_minor == 12000


def test_more_than_was_paid_is_not_refunded(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    asked = charge()
    wechat.submit(asked)
    assert isinstance(wechat.refund(asked.order_no, "refund-1", 18000, 18000), Refunded)
    assert wechat.refund(asked.order_no, "refund-2", 1, 18000) == Declined(DeclineReason.MERCHANT, "INVALID_REQUEST")
    assert gateway.taken_minor == 0


def test_a_refunded_order_is_not_reversed_as_well(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    asked = charge()
    wechat.submit(asked)
    wechat.refund(asked.order_no, "refund-1", 6000, 18000)
    assert wechat.reverse(asked.order_no) == Unknown("HTTP 400 INVALID_REQUEST")
    assert gateway.taken_minor == 12000


@pytest.mark.parametrize(("amount", "total"), [(0, 100), (101, 100), (-1, 100), (0, 0)])
def test_an_amount_outside_the_order_is_our_mistake(wechat: WeChatPay, amount: int, total: int) -> None:
    with pytest.raises(ValueError, match="amount"):
        wechat.refund("order-000001", "refund-1", amount, total)


def test_another_currency_is_not_sent(wechat: WeChatPay, gateway: WeChatGatewayEmulator) -> None:
    asked = Charge("order-000001", 18000, "JPY", "ticket", make_code())
    assert wechat.submit(asked) == Declined(DeclineReason.NOT_SUPPORTED, "currency")
    assert gateway.requests == 0


def test_a_refund_of_an_order_nobody_knows_is_declined(wechat: WeChatPay) -> None:
    answer = wechat.refund("order-never-sent", "refund-1", 100, 100)
    assert answer == Declined(DeclineReason.OTHER, "RESOURCE_NOT_EXISTS")


def test_a_code_of_another_wallet_is_not_sent(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    assert wechat.submit(charge(code="281234567890123456")) == Declined(DeclineReason.CODE_INVALID, "form")
    assert gateway.requests == 0


@pytest.mark.parametrize("order_no", ["", "short", "with/slash/in/it", "x" * 33, "new\nline"])
def test_an_order_number_of_the_wrong_form_is_our_mistake(wechat: WeChatPay, order_no: str) -> None:
    for call in (wechat.query, wechat.reverse):
        with pytest.raises(ValueError, match="order number"):
            call(order_no)


def test_any_description_is_taken(wechat: WeChatPay, charge: MakeCharge) -> None:
    for description in ("", "😀\n", "山" * 500, 'quote " and \\'):
        made = charge()
        asked = Charge(made.order_no, made.amount_minor, made.currency, description, made.code)
        assert isinstance(wechat.submit(asked), Paid)
