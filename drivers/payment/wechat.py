"""WeChat Pay by payment code: the payer shows a code, we ask the gateway for the money."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    PaymentAnswer,
    QueryAnswer,
    RefundAnswer,
    ReverseAnswer,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.payment.asking import asked, check_order, check_refund, description
from drivers.payment.wechat_answers import CURRENCY
from drivers.payment.wechat_client import CODEPAY, open_library
from drivers.payment.wechat_outcomes import (
    Answer,
    Order,
    payment_answer,
    query_answer,
    refund_answer,
    reverse_answer,
)
from drivers.payment.wechat_settings import WeChatSettings, load_keys

_CODE = re.compile(r"1[0-5]\d{16}", re.ASCII)
DESCRIPTION_CHARACTERS = 127

A = TypeVar("A")


class WeChatPay:
    """A PaymentMethod. Safe to call from any thread: every call has a connection of its own.

    Trouble on the line, an unsigned answer or one about another order is `Unknown`, never an exception. Raises
    ValueError only for an order or refund number or an amount that is not of the provider's form: our own mistake.
    """

    name = "wechat"
    needs = Needs.SCANNED_CODE
    earliest_reverse_seconds = 15.0
    refund_apart_seconds = 60.0

    def __init__(self, settings: WeChatSettings) -> None:
        """Reads the key files. Raises ConfigurationError naming the key at fault; nothing is sent yet."""
        self._settings = settings
        self._library = open_library(settings, load_keys(settings))

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Asks for the money. The code is sent to the gateway and kept nowhere."""
        order = self._order(charge.order_no, charge.amount_minor)
        if charge.currency != CURRENCY:
            return Declined(DeclineReason.NOT_SUPPORTED, "currency")
        if not _CODE.fullmatch(charge.code):
            return Declined(DeclineReason.CODE_INVALID, "form")
        return self._ask(
            "submit",
            charge.order_no,
            lambda: self._library.pay(
                description=description(charge, DESCRIPTION_CHARACTERS),
                out_trade_no=charge.order_no,
                amount={"total": charge.amount_minor, "currency": CURRENCY},
                payer={"auth_code": charge.code},
                scene_info={"store_info": {"out_id": self._settings.store_id}},
                pay_type=CODEPAY,
            ),
            lambda answer: payment_answer(answer, order),
        )

    def cancel(self, order_no: str) -> None:
        """Nothing waits here: the payer confirms on the telephone, and an order is reversed."""

    def query(self, order_no: str) -> QueryAnswer:
        order = self._order(order_no)
        return self._ask(
            "query",
            order_no,
            lambda: self._library.query(out_trade_no=order_no),
            lambda answer: query_answer(answer, order),
        )

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Closes the order; money already taken goes back to the payer. Within 7 days of the payment."""
        order = self._order(order_no)
        return self._ask(
            "reverse",
            order_no,
            lambda: self._library.codepay_reverse(out_trade_no=order_no),
            lambda answer: reverse_answer(answer, order),
        )

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """Gives money back within a year of the payment; parts of one order at least a minute apart."""
        self._order(order_no, total_minor)
        check_refund(refund_no, amount_minor, total_minor)
        return self._ask(
            "refund",
            order_no,
            lambda: self._library.refund(
                out_refund_no=refund_no,
                out_trade_no=order_no,
                amount={"refund": amount_minor, "total": total_minor, "currency": CURRENCY},
            ),
            lambda answer: refund_answer(answer, refund_no, amount_minor),
        )

    def _order(self, order_no: str, total_minor: int | None = None) -> Order:
        check_order(order_no, total_minor)
        return Order(self._settings.mchid, self._settings.appid, order_no, total_minor)

    def _ask(
        self, operation: str, order_no: str, call: Callable[[], tuple[int, str]], read: Callable[[Answer], A]
    ) -> A | Unknown:
        return asked(self.name, operation, order_no, lambda: read(Answer(*call())))
