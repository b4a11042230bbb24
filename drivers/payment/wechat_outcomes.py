"""Reads an answer of the WeChat Pay gateway into the values of the payment contract. Any bytes become a value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

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
    ShownCode,
    Unknown,
)
from drivers.payment.wechat_answers import (
    CODE_MESSAGES,
    CURRENCY,
    ORDER_OVER,
    ORDER_UNKNOWN,
    PAYMENT_FAILED,
    REFUND_ACCEPTED,
    REFUND_FAILED,
    TRADE_STATES,
    USER_PAYING,
)

_REFERENCE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_SHOWN = re.compile(r"weixin://[!-~]{1,400}")
_CODE = re.compile(r"[A-Z_]{1,64}")  # no digits: nothing that could be a payer's code


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the gateway: HTTP status and body."""

    status: int
    body: str

    @property
    def succeeded(self) -> bool:
        return self.status in (200, 204)


@dataclass(frozen=True, slots=True)
class Order:
    """Whose order was asked about; an answer about another is not believed. `total_minor` None: not known here."""

    mchid: str
    appid: str
    order_no: str
    total_minor: int | None = None


def payment_answer(answer: Answer, order: Order) -> PaymentAnswer:
    """What became of a codepay request."""
    fields = _fields(answer.body)
    if answer.succeeded:
        outcome = _trade(fields, order)
        return Declined(DeclineReason.CANCELLED, "closed") if isinstance(outcome, Reversed) else outcome
    code = _error_code(fields)
    if _plain(code) in USER_PAYING:
        return Pending()
    return _refusal(answer, code, PAYMENT_FAILED, str(fields.get("message", "")))


def shown_answer(answer: Answer, valid_seconds: float) -> PaymentAnswer:
    """The code to show for an order."""
    fields = _fields(answer.body)
    if not answer.succeeded:
        return _refusal(answer, _error_code(fields), PAYMENT_FAILED)
    text = fields.get("code_url")
    if not isinstance(text, str) or not _SHOWN.fullmatch(text):
        return Unknown("no code to show in the answer")
    return Pending(ShownCode(text, valid_seconds))


def close_answer(answer: Answer) -> ReverseAnswer:
    """Whether an unpaid order can be paid no more."""
    if answer.succeeded:
        return Reversed()
    code = _error_code(_fields(answer.body))
    over = 400 <= answer.status < 500 and _plain(code) in ORDER_OVER
    return Reversed() if over else _unsettled(answer, code)


def query_answer(answer: Answer, order: Order) -> QueryAnswer:
    """What became of an order. An error of the query itself says nothing about the money."""
    fields = _fields(answer.body)
    if answer.succeeded:
        return _trade(fields, order)
    code = _error_code(fields)
    if answer.status in (400, 404) and _plain(code) in ORDER_UNKNOWN:
        return Declined(DeclineReason.OTHER, code)
    return _unsettled(answer, code)


def reverse_answer(answer: Answer, order: Order) -> ReverseAnswer:
    """Whether an order is closed and its money back. `recall: Y` asks for the same call again."""
    fields = _fields(answer.body)
    if answer.succeeded:
        if fields.get("recall") == "Y" or fields.get("out_trade_no", order.order_no) != order.order_no:
            return Unknown("reversal not finished")
        return Reversed()
    code = _error_code(fields)
    return Reversed() if 400 <= answer.status < 500 and _plain(code) in ORDER_OVER else _unsettled(answer, code)


def refund_answer(answer: Answer, refund_no: str, amount_minor: int) -> RefundAnswer:
    """Whether a refund was accepted. ABNORMAL (the payer's card is closed) needs a person, so it stays Unknown."""
    fields = _fields(answer.body)
    if not answer.succeeded:
        return _refusal(answer, _error_code(fields), REFUND_FAILED)
    reference, status = fields.get("refund_id"), str(fields.get("status"))
    if fields.get("out_refund_no") != refund_no or _amount(fields, "refund") != amount_minor:
        return Unknown("answer about another refund")
    if status == "CLOSED":
        return Declined(DeclineReason.OTHER, "CLOSED")
    if status not in REFUND_ACCEPTED or not _is_reference(reference):
        return Unknown("refund not accepted yet")
    return Refunded(str(reference))


def _trade(fields: Mapping[str, object], order: Order) -> QueryAnswer:
    # While the payer confirms, the gateway sends the state alone; what names another order is never believed.
    if any(fields.get(k, v) != v for k, v in _identity(order)):
        return Unknown("answer about another order")
    state = fields.get("trade_state")
    if state == "SUCCESS":
        return _paid(fields, order)
    if isinstance(state, str) and state in TRADE_STATES:
        return TRADE_STATES[state]
    return Unknown("answer without a known trade state")


def _paid(fields: Mapping[str, object], order: Order) -> Paid | Unknown:
    reference, total = fields.get("transaction_id"), _amount(fields, "total")
    if any(key not in fields for key, _ in _identity(order)) or total is None or not _is_reference(reference):
        return Unknown("paid, but the answer is incomplete")
    if order.total_minor is not None and total != order.total_minor:
        return Unknown("paid, but another amount than asked")
    return Paid(str(reference), total, CURRENCY)


def _identity(order: Order) -> tuple[tuple[str, str], ...]:
    return (("mchid", order.mchid), ("appid", order.appid), ("out_trade_no", order.order_no))


def _refusal(answer: Answer, code: str, failed: Mapping[str, DeclineReason], message: str = "") -> Declined | Unknown:
    reason = failed.get(_plain(code))
    if reason is None or not 400 <= answer.status < 500:
        return _unsettled(answer, code)
    if reason is DeclineReason.CODE_INVALID:
        reason = next((better for part, better in CODE_MESSAGES if part in message), reason)
    return Declined(reason, code)


def _unsettled(answer: Answer, code: str) -> Unknown:
    return Unknown(f"HTTP {answer.status} {code}".rstrip())


def _fields(body: str) -> Mapping[str, object]:
    """The body's JSON object; an empty one when it is none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _amount(fields: Mapping[str, object], name: str) -> int | None:
    """`amount.<name>` in fen, above 0; None when the answer has no such thing."""
    amount = fields.get("amount")
    if not isinstance(amount, dict) or amount.get("currency", CURRENCY) != CURRENCY:
        return None
    value = amount.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _error_code(fields: Mapping[str, object]) -> str:
    """The error code; empty when there is none. The message stays behind: it may quote what was sent."""
    code = fields.get("code")
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _plain(code: str) -> str:
    return code.replace("_", "")


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None
