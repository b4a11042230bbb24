"""How a refund's state follows from its events. An impossible history is refused, never repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from shared.domain import refund as ev
from shared.domain.money import total
from shared.domain.refund_state import PayoutStanding, PayoutState, Refund
from shared.domain.sale_errors import HistoryError, require
from shared.domain.sale_state import Sheet


def replay_refund(refund_id: str, sale_id: str, events: Iterable[ev.RefundEvent]) -> Refund:
    """The state after a whole history. Raises HistoryError, also for an empty one."""
    refund, begun = Refund(refund_id, sale_id), False
    for event in events:
        refund, begun = apply_refund(refund, event), True
    require(begun, "a refund without events")
    return refund


def apply_refund(refund: Refund, event: ev.RefundEvent) -> Refund:
    """The state after one more event. Raises HistoryError when it cannot have happened."""
    require(refund.outcome is None or isinstance(event, ev.RefundClaimHonoured), "the refund is closed")
    begins = isinstance(event, ev.RefundQueued | ev.RefundOpened)
    require(
        begins or refund.queued is not None or refund.opened is not None, f"a refund cannot begin with {event.type}"
    )
    return _HANDLERS[type(event)](refund, event)


def _queued(refund: Refund, event: ev.RefundQueued) -> Refund:
    require(refund.queued is None and refund.opened is None, "a refund is queued once, at its beginning")
    return replace(refund, queued=event)


def _opened(refund: Refund, event: ev.RefundOpened) -> Refund:
    require(refund.opened is None, "a refund is opened once")
    currency = event.credited.currency
    back = total((ticket.back for ticket in event.tickets), currency)
    out = total((payout.amount for payout in event.payouts), currency)
    require(out + event.credited == back, "what goes back is what the tickets give")
    moved = total((credit.amount for credit in event.credits), currency)
    require(moved == event.credited, "what is credited came by some payment")
    require([p.number for p in event.payouts] == list(range(1, len(event.payouts) + 1)), "payouts are numbered from 1")
    require(all(0 < p.amount.minor <= p.paid.minor for p in event.payouts), "a payout is a part of what was paid")
    require(all(0 <= t.fee.minor <= t.value.minor for t in event.tickets), "a fee is a part of the value")
    return replace(refund, opened=event, payouts=tuple(PayoutState(payout) for payout in event.payouts))


def _submitted(refund: Refund, event: ev.PayoutSubmitted) -> Refund:
    state = _payout(refund, event.number)
    same = (state.payout.refund_no, state.payout.amount) == (event.refund_no, event.amount)
    require(same, "a payout keeps its number and amount")
    return _change(refund, event.number, ("planned", "submitted", "unknown"), standing="submitted")


def _answered(refund: Refund, event: ev.PayoutAnswered) -> Refund:
    changes = {"standing": event.outcome, "reference": event.reference, "reason": event.reason}
    return _change(refund, event.number, ("submitted",), **changes)


def _payout(refund: Refund, number: int) -> PayoutState:
    if not 1 <= number <= len(refund.payouts):
        raise HistoryError(f"there is no payout {number}")
    return refund.payouts[number - 1]


def _change(refund: Refund, number: int, allowed: tuple[PayoutStanding, ...], **changes: Any) -> Refund:
    state = _payout(refund, number)
    require(state.standing in allowed, f"payout {number} is not in {allowed}")
    payouts = (*refund.payouts[: number - 1], replace(state, **changes), *refund.payouts[number:])
    return replace(refund, payouts=payouts)


def _receipt_submitted(refund: Refund, event: ev.RefundReceiptSubmitted) -> Refund:
    require(refund.receipt is None, "a receipt is tried once")
    return replace(refund, receipt=Sheet(event.job_id, event.process_id))


def _receipt_answered(refund: Refund, event: ev.RefundReceiptAnswered) -> Refund:
    receipt = refund.receipt
    if receipt is None or receipt.job_id != event.job_id or receipt.state != "sent":
        raise HistoryError("an answer to a print that was never sent")
    return replace(refund, receipt=replace(receipt, state=event.outcome))


def _claimed(refund: Refund, event: ev.RefundClaimIssued) -> Refund:
    require(refund.claim is None, "a claim is issued once")
    return replace(refund, claim=event)


def _honoured(refund: Refund, event: ev.RefundClaimHonoured) -> Refund:
    require(refund.outcome == "claim" and not refund.claim_honoured, "an open claim is honoured once")
    return replace(refund, claim_honoured=True)


def _closed(refund: Refund, event: ev.RefundClosed) -> Refund:
    declined = bool(refund.declined)
    allowed = {
        "dropped": refund.opened is None,
        "claim": declined and refund.claim is not None,
        "done": refund.opened is not None and not declined,
    }
    settled = all(state.is_over for state in refund.payouts)
    require(settled and allowed[event.outcome], f"it cannot end as {event.outcome}")
    return replace(refund, outcome=event.outcome)


_HANDLERS: Mapping[type, Callable[[Refund, Any], Refund]] = {
    ev.RefundQueued: _queued,
    ev.RefundOpened: _opened,
    ev.PayoutSubmitted: _submitted,
    ev.PayoutAnswered: _answered,
    ev.RefundReceiptSubmitted: _receipt_submitted,
    ev.RefundReceiptAnswered: _receipt_answered,
    ev.RefundClaimIssued: _claimed,
    ev.RefundClaimHonoured: _honoured,
    ev.RefundClosed: _closed,
}
