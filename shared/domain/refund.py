"""A refund as a history of its own that names the sale: what goes back for which tickets, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from shared.domain.money import Money
from shared.domain.sale import PrintOutcome, RefundOutcome
from shared.domain.ticket_return import RulesUsed, TicketReturn

__all__ = [
    "Payout",
    "PayoutAnswered",
    "PayoutSubmitted",
    "RefundClaimHonoured",
    "RefundClaimIssued",
    "RefundClosed",
    "RefundEnd",
    "RefundEvent",
    "RefundKind",
    "RefundOpened",
    "RefundQueued",
    "RefundReceiptAnswered",
    "RefundReceiptSubmitted",
    "RulesUsed",
    "TicketReturn",
]

RefundKind = Literal["refund", "void", "exchange"]
RefundEnd = Literal["done", "claim", "dropped"]


@dataclass(frozen=True, slots=True)
class Payout:
    """`amount` of the `paid` order goes back to its method; under one `refund_no` until the answer is known."""

    number: int
    refund_no: str
    method: str
    order_no: str
    amount: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class RefundQueued:
    """This terminal may not decide now (`reason`): the tickets stay as they are until it can, or a person does.

    It is decided as of `asked_at` (UTC, text): nobody is too late because the line was down.
    """

    type: ClassVar[str] = "refund.queued"
    kind: RefundKind
    ticket_ids: tuple[str, ...]
    approved_by: str
    reason: str
    used: tuple[str, ...] = ()
    supervisor: str = ""
    asked_at: str = ""


@dataclass(frozen=True, slots=True)
class RefundOpened:
    """Granted: the tickets are void from this transaction on. What they give back is paid out or credited.

    `credited` pays for the sale `credited_to` (an exchange); sum of `back` = sum of the payouts + `credited`.
    `credits` say which payments it came by: that sale pays back to them, this one no more. `rules` is None for a void.
    """

    type: ClassVar[str] = "refund.opened"
    kind: RefundKind
    tickets: tuple[TicketReturn, ...]
    payouts: tuple[Payout, ...]
    credited: Money
    credited_to: str
    approved_by: str
    reason: str
    credits: tuple[Payout, ...] = ()
    supervisor: str = ""
    rules: RulesUsed | None = None


@dataclass(frozen=True, slots=True)
class PayoutSubmitted:
    """The request is about to leave; sent again under the same number it changes nothing."""

    type: ClassVar[str] = "refund.submitted"
    number: int
    refund_no: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PayoutAnswered:
    """What the provider said. `unknown`: to be sent again; `declined`: a person gives the money back."""

    type: ClassVar[str] = "refund.answered"
    number: int
    outcome: RefundOutcome
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefundReceiptSubmitted:
    """The receipt is about to be sent to the printer."""

    type: ClassVar[str] = "refund.receipt_submitted"
    job_id: str
    process_id: str


@dataclass(frozen=True, slots=True)
class RefundReceiptAnswered:
    """What the printer said of the receipt."""

    type: ClassVar[str] = "refund.receipt_answered"
    job_id: str
    outcome: PrintOutcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefundClaimIssued:
    """The machine cannot pay back now: any window honours this code."""

    type: ClassVar[str] = "refund.claim_issued"
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefundClaimHonoured:
    """A person paid the bearer of the claim code, out of the drawer, what no method took back."""

    type: ClassVar[str] = "refund.claim_honoured"
    approved_by: str


@dataclass(frozen=True, slots=True)
class RefundClosed:
    """The end: `done`: all paid back; `claim`: a person pays the rest; `dropped`: a queued refund was refused."""

    type: ClassVar[str] = "refund.closed"
    outcome: RefundEnd
    reason: str = ""


RefundEvent = (
    RefundQueued
    | RefundOpened
    | PayoutSubmitted
    | PayoutAnswered
    | RefundReceiptSubmitted
    | RefundReceiptAnswered
    | RefundClaimIssued
    | RefundClaimHonoured
    | RefundClosed
)
