"""Where a refund stands, as it follows from its events; and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shared.domain import refund as ev
from shared.domain.sale_state import Sheet

PayoutStanding = Literal["planned", "submitted", "unknown", "refunded", "declined"]


@dataclass(frozen=True, slots=True)
class PayoutState:
    """A payout and what became of it."""

    payout: ev.Payout
    standing: PayoutStanding = "planned"
    reference: str = ""
    reason: str = ""

    @property
    def is_over(self) -> bool:
        return self.standing in ("refunded", "declined")


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund of tickets of the sale `sale_id`. It is queued, or opened, or first the one and then the other."""

    refund_id: str
    sale_id: str
    queued: ev.RefundQueued | None = None
    opened: ev.RefundOpened | None = None
    payouts: tuple[PayoutState, ...] = ()
    receipt: Sheet | None = None
    claim: ev.RefundClaimIssued | None = None
    claim_honoured: bool = False
    outcome: ev.RefundEnd | None = None

    @property
    def declined(self) -> tuple[ev.Payout, ...]:
        """What no method took back: a person pays it."""
        return tuple(state.payout for state in self.payouts if state.standing == "declined")


@dataclass(frozen=True, slots=True)
class AwaitDecision:
    """Queued: decide when the line is up."""

    queued: ev.RefundQueued


@dataclass(frozen=True, slots=True)
class PayOut:
    """Send this payout, for the first time or again under the same number."""

    payout: ev.Payout


@dataclass(frozen=True, slots=True)
class IssueRefundClaim:
    """A payout was declined: a person pays it."""


@dataclass(frozen=True, slots=True)
class PrintRefundReceipt:
    """Tried once: without it the refund is good all the same."""


@dataclass(frozen=True, slots=True)
class CloseRefund:
    """Everything is settled."""

    outcome: ev.RefundEnd


@dataclass(frozen=True, slots=True)
class RefundOver:
    """Nothing more happens to this refund."""


RefundStep = AwaitDecision | PayOut | IssueRefundClaim | PrintRefundReceipt | CloseRefund | RefundOver


def next_refund_step(refund: Refund) -> RefundStep:
    """The one thing to do now, the same after a crash as before it."""
    if refund.outcome is not None:
        return RefundOver()
    if refund.opened is None:
        return AwaitDecision(refund.queued) if refund.queued else RefundOver()
    for state in refund.payouts:
        if not state.is_over:
            return PayOut(state.payout)
    if refund.declined and refund.claim is None:
        return IssueRefundClaim()
    if refund.receipt is None:
        return PrintRefundReceipt()
    return CloseRefund("claim" if refund.declined else "done")
