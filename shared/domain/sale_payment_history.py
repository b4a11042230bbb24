"""How the attempts of a sale follow from its payment events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shared.domain import sale as ev
from shared.domain.sale_errors import HistoryError, require
from shared.domain.sale_state import Attempt, Sale


def _created(sale: Sale, event: ev.PaymentCreated) -> Sale:
    require(bool(sale.units) and sale.claim is None and not sale.given_up, "no payment without places")
    require(all(a.is_settled for a in sale.attempts), "the attempt before is not over")
    require(event.attempt == len(sale.attempts) + 1, "attempts are numbered from 1")
    require(event.amount.minor > 0 and event.amount <= sale.rest, "an attempt pays the rest or a part of it")
    return replace(sale, attempts=(*sale.attempts, Attempt(event.attempt, event.method, event.order_no, event.amount)))


def _submitted(sale: Sale, event: ev.PaymentSubmitted) -> Sale:
    return _change(sale, event.attempt, ("created",), state="submitted")


def _answered(sale: Sale, event: ev.PaymentAnswered) -> Sale:
    # An attempt that never left the machine can only be declined.
    before = ("created", "submitted", "unknown") if event.outcome == "declined" else ("submitted", "unknown")
    said = {"reference": event.reference, "reason": event.reason, "receipt": event.receipt}
    return _change(sale, event.attempt, before, state=event.outcome, **said)


def _reversing(sale: Sale, event: ev.ReverseSubmitted) -> Sale:
    return _change(sale, event.attempt, ("submitted", "unknown", "reverse_unknown"), state="reversing")


def _reversed(sale: Sale, event: ev.ReverseAnswered) -> Sale:
    state = "reversed" if event.outcome == "reversed" else "reverse_unknown"
    return _change(sale, event.attempt, ("reversing",), state=state)


def _paid_late(sale: Sale, event: ev.PaidLate) -> Sale:
    return _change(sale, event.attempt, ("reverse_unknown",), state="paid_late", reference=event.reference)


def _given_up(sale: Sale, event: ev.SaleGivenUp) -> Sale:
    require(not sale.given_up and not sale.is_paid, "a sale is given up once, and before it is paid")
    return replace(sale, given_up=True)


def _refund_submitted(sale: Sale, event: ev.RefundSubmitted) -> Sale:
    attempt = _attempt(sale, event.attempt)
    require(attempt.refund_no in ("", event.refund_no), "a refund keeps its number")
    require(attempt.state != "paid" or sale.given_up or sale.claim is not None, "what pays for the sale stays")
    allowed = ("paid", "paid_late", "refunding", "refund_unknown")
    return _change(sale, event.attempt, allowed, state="refunding", refund_no=event.refund_no)


def _refund_answered(sale: Sale, event: ev.RefundAnswered) -> Sale:
    state = event.outcome if event.outcome == "refunded" else f"refund_{event.outcome}"
    return _change(sale, event.attempt, ("refunding",), state=state, reason=event.reason)


def _attempt(sale: Sale, number: int) -> Attempt:
    if not 1 <= number <= len(sale.attempts):
        raise HistoryError(f"there is no attempt {number}")
    return sale.attempts[number - 1]


def _change(sale: Sale, number: int, allowed: tuple[str, ...], **changes: Any) -> Sale:
    attempt = _attempt(sale, number)
    require(attempt.state in allowed, f"attempt {number} is not in {allowed}")
    changed = replace(attempt, **changes)
    return replace(sale, attempts=(*sale.attempts[: number - 1], changed, *sale.attempts[number:]))


PAYMENT_HANDLERS: Mapping[type, Callable[[Sale, Any], Sale]] = {
    ev.PaymentCreated: _created,
    ev.PaymentSubmitted: _submitted,
    ev.PaymentAnswered: _answered,
    ev.ReverseSubmitted: _reversing,
    ev.ReverseAnswered: _reversed,
    ev.PaidLate: _paid_late,
    ev.SaleGivenUp: _given_up,
    ev.RefundSubmitted: _refund_submitted,
    ev.RefundAnswered: _refund_answered,
}
