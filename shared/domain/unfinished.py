"""What a person must look after: documents that are open, or that left a claim, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, assert_never

from shared.domain import refund_state, sale_steps
from shared.domain.cash_order import CashOrder
from shared.domain.refund_state import Refund, next_refund_step
from shared.domain.sale_state import Sale
from shared.domain.sale_steps import next_step

Why = Literal[
    "places_wanted",
    "payment_open",
    "payment_unknown",
    "refund_unknown",
    "refund_declined",
    "tickets_wanted",
    "printer",
    "restored",
    "queued",
    "receipt_wanted",
    "claim",
]
_CLAIMS: dict[str, Why] = {
    "payment_unknown": "payment_unknown",
    "refund_unknown": "refund_unknown",
    "refund_declined": "refund_declined",
    "printer": "printer",
    "restored": "restored",
}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sale, a refund or an order of the cash machine for a person.

    `since` (UTC) is when something last happened; the code is empty without a claim.

    The code is as good as what it stands for: it is shown to a person and in no log or repr of this.
    """

    document_id: str
    kind: Literal["sale", "refund", "cash"]
    why: Why
    since: datetime
    claim_code: str = ""

    def __repr__(self) -> str:
        return f"Unfinished({self.kind} {self.document_id}, {self.why})"


def why_sale(sale: Sale) -> Why | None:
    """Why a sale is not finished; None when it is."""
    if sale.outcome == "claim":
        owes = not sale.is_paid or bool(sale.live_tickets) or not sale.tickets
        return _claim(sale.claim.reason) if owes and sale.claim and not sale.claim_honoured else None
    if sale.outcome is not None:
        return None
    return _claim(sale.claim.reason) if sale.claim else _open(next_step(sale))


def why_refund(refund: Refund) -> Why | None:
    """Why a refund is not finished; None when it is. A claim stays until a person honoured it."""
    if refund.outcome in ("done", "dropped") or refund.claim_honoured:
        return None
    if refund.claim is not None:
        return _claim(refund.claim.reason)
    match next_refund_step(refund):
        case refund_state.AwaitDecision():
            return "queued"
        case refund_state.PayOut() | refund_state.IssueRefundClaim():
            return "refund_unknown"
        case _:
            return "receipt_wanted"


def why_cash(order: CashOrder) -> Why | None:
    """Why an order of the cash machine is not finished; None when it is."""
    match order.standing:
        case "open":
            return "payment_open" if order.opened.kind == "payment" else "refund_unknown"
        case "claim":
            return "claim"
        case "over" | "honoured":
            return None


def _claim(reason: str) -> Why:
    return _CLAIMS.get(reason, "claim")


def _open(step: sale_steps.Step) -> Why:
    match step:
        case sale_steps.Hold():
            return "places_wanted"
        case sale_steps.AwaitPayment() | sale_steps.Submit():
            return "payment_open"
        case sale_steps.Settle() | sale_steps.Reverse():
            return "payment_unknown"
        case sale_steps.PayBack():
            return "refund_unknown"
        case sale_steps.IssueClaim() | sale_steps.PrintClaim():
            return "claim"
        case sale_steps.Sign() | sale_steps.Print() | sale_steps.AwaitSheet() | sale_steps.Reissue():
            return "tickets_wanted"
        case sale_steps.PrintReceipt() | sale_steps.Close() | sale_steps.Ended():
            return "receipt_wanted"
    assert_never(step)
