"""Alipay: by the payer's code before our scanner, and by a QR on our screen before the payer's telephone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    PaymentAnswer,
    Pending,
    QueryAnswer,
    RefundAnswer,
    Refunded,
    ReverseAnswer,
    Reversed,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.payment import alipay_outcomes as outcomes
from drivers.payment.alipay_answers import CURRENCY
from drivers.payment.alipay_client import AlipayLine
from drivers.payment.alipay_outcomes import Order
from drivers.payment.alipay_settings import AlipaySettings, load_keys
from drivers.payment.asking import asked, check_order, check_refund, description, utc_now

_CODE = re.compile(r"(?:2[5-9]|30)\d{14,22}", re.ASCII)
_SUBJECT_CHARACTERS = 128
A = TypeVar("A")


class Alipay:
    """A PaymentMethod by the payer's code. Safe to call from any thread.

    Trouble on the line, an unsigned answer or one about another order is `Unknown`, never an exception. Raises
    ValueError only for an order or refund number or an amount that is not of the provider's form: our own mistake.
    """

    name = "alipay"
    needs = Needs.SCANNED_CODE
    earliest_reverse_seconds = 0.0
    refund_apart_seconds = 3.0

    def __init__(self, settings: AlipaySettings, now: Callable[[], datetime] = utc_now) -> None:
        """Reads the key files. Raises ConfigurationError naming the key at fault; nothing is sent yet."""
        self._settings = settings
        self._line = AlipayLine(settings, load_keys(settings), now)

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Asks for the money. The code is sent to the gateway and kept nowhere."""
        order = _order(charge.order_no, charge.amount_minor)
        if charge.currency != CURRENCY:
            return Declined(DeclineReason.NOT_SUPPORTED, "currency")
        if not _CODE.fullmatch(charge.code):
            return Declined(DeclineReason.CODE_INVALID, "form")
        content = {**self._content(charge), "scene": "bar_code", "auth_code": charge.code}
        return self._ask("submit", "pay", content, lambda fields: outcomes.payment_answer(fields, order))

    def cancel(self, order_no: str) -> None:
        """Nothing waits here: the payer acts on the telephone, and an order is reversed."""

    def query(self, order_no: str) -> QueryAnswer:
        order = _order(order_no)
        return self._ask("query", "query", _named(order), lambda fields: outcomes.query_answer(fields, order))

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Closes the order; money already taken goes back to the payer."""
        order = _order(order_no)
        return self._ask("reverse", "cancel", _named(order), lambda fields: self._reversed(fields, order))

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """Gives money back. What a repeated request leaves open is settled by a refund query."""
        order = _order(order_no, total_minor)
        check_refund(refund_no, amount_minor, total_minor)
        content = {**_named(order), "refund_amount": _yuan(amount_minor), "out_request_no": refund_no}
        answer = self._ask("refund", "refund", content, lambda fields: outcomes.refund_answer(fields, order))
        if isinstance(answer, Refunded | Declined):
            return answer
        made = self._ask(
            "refund query",
            "fastpay.refund.query",
            {**_named(order), "out_request_no": refund_no},
            lambda fields: outcomes.refund_query_answer(fields, order, refund_no, amount_minor),
        )
        return made if isinstance(made, Refunded) else answer

    def _reversed(self, fields: Mapping[str, object], order: Order) -> ReverseAnswer:
        return Reversed() if outcomes.is_not_known(fields) else outcomes.reverse_answer(fields, order)

    def _content(self, charge: Charge) -> dict[str, object]:
        return {
            "out_trade_no": charge.order_no,
            "total_amount": _yuan(charge.amount_minor),
            "subject": description(charge, _SUBJECT_CHARACTERS),
            "product_code": "FACE_TO_FACE_PAYMENT",
            "store_id": self._settings.store_id,
        }

    def _ask(
        self, operation: str, method: str, content: Mapping[str, object], read: Callable[[Mapping[str, object]], A]
    ) -> A | Unknown:
        order_no = str(content["out_trade_no"])
        return asked(self.name, operation, order_no, lambda: read(self._line.ask(method, content)))


class AlipayShown(Alipay):
    """A PaymentMethod by a QR on our screen. The order comes to be when the payer scans it, not before."""

    name = "alipay-qr"
    needs = Needs.SHOWN_CODE

    def __init__(
        self,
        settings: AlipaySettings,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(settings, now)
        self._monotonic = monotonic
        self._valid_until: dict[str, float] = {}
        # A code shown before a restart may be open for as long again.
        self._others_until = monotonic() + settings.shown_seconds

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Asks for a code to show: Pending with the code, or why there is none."""
        order = _order(charge.order_no, charge.amount_minor)
        if charge.currency != CURRENCY:
            return Declined(DeclineReason.NOT_SUPPORTED, "currency")
        seconds = self._settings.shown_seconds
        self._valid_until[order.order_no] = self._monotonic() + seconds
        minutes = f"{int(seconds // 60)}m"
        content = {**self._content(charge), "timeout_express": minutes, "qr_code_timeout_express": minutes}
        return self._ask("submit", "precreate", content, lambda fields: outcomes.shown_answer(fields, order, seconds))

    def query(self, order_no: str) -> QueryAnswer:
        """What became of the order; one that nobody has scanned yet is Pending while its code can be paid."""
        answer = super().query(order_no)
        unscanned = isinstance(answer, Declined) and self._is_open(order_no)
        return Pending() if unscanned else answer

    def _reversed(self, fields: Mapping[str, object], order: Order) -> ReverseAnswer:
        """A code that nobody scanned cannot be closed, and is over only with its time."""
        if outcomes.is_not_known(fields) and self._is_open(order.order_no):
            return Unknown("the code can still be scanned")
        return super()._reversed(fields, order)

    def _is_open(self, order_no: str) -> bool:
        return self._monotonic() < self._valid_until.get(order_no, self._others_until)


def _order(order_no: str, total_minor: int | None = None) -> Order:
    check_order(order_no, total_minor)
    return Order(order_no, total_minor)


def _named(order: Order) -> dict[str, object]:
    return {"out_trade_no": order.order_no}


def _yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
