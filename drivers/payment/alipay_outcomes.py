"""Reads an answer of the Alipay gateway into the values of the payment contract. Any fields become a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

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
from drivers.payment.alipay_answers import (
    BUSINESS_FAILED,
    CLOSED_STATE,
    CURRENCY,
    NOT_TAKEN_UP,
    PAID_STATES,
    PAYMENT_FAILED,
    REFUND_FAILED,
    SUCCESS,
    TRADE_UNKNOWN,
    USER_PAYING,
    WAITING_STATE,
)

Fields = Mapping[str, object]
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,2})?", re.ASCII)
_REFERENCE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_CODE = re.compile(r"[A-Za-z]{1,8}\.[A-Za-z_.-]{1,64}")  # no digits: nothing that could be a payer's code
_SHOWN = re.compile(r"https://[0-9A-Za-z.-]+/[!-~]{1,400}")


@dataclass(frozen=True, slots=True)
class Order:
    """Which order was asked about; an answer about another is not believed. `total_minor` None: not known here."""

    order_no: str
    total_minor: int | None = None


def payment_answer(fields: Fields, order: Order) -> PaymentAnswer:
    """What became of a payment by the payer's code."""
    match _text(fields, "code"):
        case "10000":
            return _paid(fields, order)
        case "10003":
            return Pending() if _is_about(fields, order) else Unknown("answer about another order")
        case _:
            return _refusal(fields, PAYMENT_FAILED)


def shown_answer(fields: Fields, order: Order, valid_seconds: float) -> PaymentAnswer:
    """The code to show for an order."""
    if _text(fields, "code") != SUCCESS:
        return _refusal(fields, PAYMENT_FAILED)
    text = fields.get("qr_code")
    if not _is_about(fields, order) or not isinstance(text, str) or not _SHOWN.fullmatch(text):
        return Unknown("no code to show in the answer")
    return Pending(ShownCode(text, valid_seconds))


def query_answer(fields: Fields, order: Order) -> QueryAnswer:
    """What became of an order. An error of the query itself says nothing about the money."""
    if is_not_known(fields):
        return Declined(DeclineReason.OTHER, TRADE_UNKNOWN)
    if _text(fields, "code") != SUCCESS:
        return _unsettled(fields)
    if not _is_about(fields, order):
        return Unknown("answer about another order")
    state = _text(fields, "trade_status")
    if state == WAITING_STATE:
        return Pending()
    if state == CLOSED_STATE:
        return Reversed()
    return _paid(fields, order) if state in PAID_STATES else Unknown("answer without a known trade state")


def reverse_answer(fields: Fields, order: Order) -> ReverseAnswer:
    """Whether an order is closed and its money back. `retry_flag: Y` asks for the same call again."""
    if _text(fields, "code") != SUCCESS:
        return _unsettled(fields)
    if fields.get("retry_flag") != "N" or not _is_about(fields, order):
        return Unknown("reversal not finished")
    return Reversed()


def refund_answer(fields: Fields, order: Order) -> RefundAnswer:
    """Whether money moved back now. `fund_change: N`: it did not by this request; a refund query says why."""
    if _text(fields, "code") != SUCCESS:
        return _refusal(fields, REFUND_FAILED)
    reference = fields.get("trade_no")
    if not _is_about(fields, order) or fields.get("fund_change") != "Y" or not _is_reference(reference):
        return Unknown("refund not confirmed")
    return Refunded(str(reference))


def refund_query_answer(fields: Fields, order: Order, refund_no: str, amount_minor: int) -> RefundAnswer:
    """Whether this very refund was made before."""
    if _text(fields, "code") != SUCCESS:
        return _unsettled(fields)
    asked = (fields.get("out_request_no"), amount(fields, "refund_amount")) == (refund_no, amount_minor)
    reference = fields.get("trade_no")
    made = fields.get("refund_status", "REFUND_SUCCESS") == "REFUND_SUCCESS"
    if not _is_about(fields, order) or not asked or not made or not _is_reference(reference):
        return Unknown("refund not confirmed")
    return Refunded(str(reference))


def is_not_known(fields: Fields) -> bool:
    """The provider never saw the order; one shown as a QR is not there before it is scanned."""
    return _text(fields, "code") == BUSINESS_FAILED and fields.get("sub_code") == TRADE_UNKNOWN


def amount(fields: Fields, name: str) -> int | None:
    """An amount in yuan as text, in fen; None when the answer has no such thing above 0."""
    value = fields.get(name)
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        return None
    return int(Decimal(value) * 100) or None


def _paid(fields: Fields, order: Order) -> Paid | Unknown:
    reference, total = fields.get("trade_no"), amount(fields, "total_amount")
    if not _is_about(fields, order) or total is None or not _is_reference(reference):
        return Unknown("paid, but the answer is incomplete")
    if order.total_minor is not None and total != order.total_minor:
        return Unknown("paid, but another amount than asked")
    return Paid(str(reference), total, CURRENCY)


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _is_about(fields: Fields, order: Order) -> bool:
    return fields.get("out_trade_no") == order.order_no


def _refusal(fields: Fields, failed: Mapping[str, DeclineReason]) -> Declined | Unknown:
    code, sub_code = _text(fields, "code"), _sub_code(fields)
    if code in NOT_TAKEN_UP:
        return Declined(DeclineReason.MERCHANT, code)
    if code == BUSINESS_FAILED and sub_code in failed:
        return Declined(failed[sub_code], sub_code)
    return _unsettled(fields)


def _unsettled(fields: Fields) -> Unknown:
    code = _text(fields, "code")
    known = code if code in (USER_PAYING, BUSINESS_FAILED, SUCCESS, "20000", *NOT_TAKEN_UP) else "no known code"
    return Unknown(f"{known} {_sub_code(fields)}".rstrip())


def _sub_code(fields: Fields) -> str:
    """The sub-code; empty when there is none. The message stays behind: it may quote what was sent."""
    code = _text(fields, "sub_code")
    return code if _CODE.fullmatch(code) else ""


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None
