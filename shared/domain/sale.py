"""The sale as a history: events that happened, and the state that follows from them (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from shared.domain.capacity import LeaseUnit
from shared.domain.money import Money
from shared.domain.sale_payment import (
    PaidLate,
    PaymentAnswered,
    PaymentCreated,
    PaymentOutcome,
    PaymentSubmitted,
    RefundAnswered,
    RefundOutcome,
    RefundSubmitted,
    ReverseAnswered,
    ReverseSubmitted,
    SaleGivenUp,
)
from shared.domain.ticket_return import RulesUsed, TicketReturn

__all__ = [
    "ClaimHonoured",
    "ClaimIssued",
    "PaidLate",
    "PaymentAnswered",
    "PaymentCreated",
    "PaymentOutcome",
    "PaymentSubmitted",
    "PlacesHeld",
    "Prepaid",
    "PrintAnswered",
    "PrintOutcome",
    "PrintSubmitted",
    "RefundAnswered",
    "RefundOutcome",
    "RefundSubmitted",
    "ReverseAnswered",
    "ReverseSubmitted",
    "SaleClosed",
    "SaleEvent",
    "SaleGivenUp",
    "SaleOpened",
    "SaleOutcome",
    "SaleReopened",
    "TicketReturn",
    "TicketSigned",
    "TicketVoided",
]

PrintOutcome = Literal["printed", "weakly_confirmed", "not_started", "unknown"]
SaleOutcome = Literal["done", "released", "claim"]


@dataclass(frozen=True, slots=True)
class Prepaid:
    """What pays for a sale beside its attempts: tickets of another sale given in exchange, or a paid booking.

    `reference` is that sale's id or the booking's. `returns` are the tickets given in exchange; what they give beyond
    `amount` is paid back.
    """

    kind: Literal["exchange", "booking"]
    reference: str
    amount: Money
    returns: tuple[TicketReturn, ...] = ()
    approved_by: str = ""
    supervisor: str = ""
    rules: RulesUsed | None = None  # what the tickets given in exchange were valued by


@dataclass(frozen=True, slots=True)
class SaleOpened:
    """Priced: who buys what for how much. `quote` is the whole quote as JSON, with its trace."""

    type: ClassVar[str] = "sale.opened"
    language: str
    channel: str
    slot: str  # text form of a SlotKey
    categories: tuple[str, ...]  # one category id per ticket
    product_id: str
    total: Money
    quote: Mapping[str, object] = field(hash=False)
    offline: bool = False  # whether central could be reached when the sale was opened
    prepaid: Prepaid | None = None
    business_day: str = ""  # ISO date; the sale stays of that day whenever it ends. Empty where days are not opened


@dataclass(frozen=True, slots=True)
class PlacesHeld:
    """Units of leases were taken, one per ticket, in the order of the tickets."""

    type: ClassVar[str] = "sale.places_held"
    units: tuple[LeaseUnit, ...]


@dataclass(frozen=True, slots=True)
class TicketSigned:
    """Ticket `index` (from 0) exists. `replaces` is the id of the voided ticket whose place it takes."""

    type: ClassVar[str] = "sale.ticket_signed"
    index: int
    ticket_id: str  # 32 hex digits
    unit: LeaseUnit
    product_id: str
    category_id: str
    qr: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class PrintSubmitted:
    """A sheet is about to be sent. `subject` is a ticket id, `receipt` or `claim`."""

    type: ClassVar[str] = "sale.print_submitted"
    subject: str
    job_id: str
    process_id: str


@dataclass(frozen=True, slots=True)
class PrintAnswered:
    """What the printer said of a job."""

    type: ClassVar[str] = "sale.print_answered"
    job_id: str
    outcome: PrintOutcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketVoided:
    """The serial opens nothing any more. Its place goes to the ticket that replaces it.

    With a `document_id` (a refund's, or the sale that it was exchanged for) the place is given up: the terminal
    never sells it again, central decides what becomes of it. This may follow the sale's end.
    """

    type: ClassVar[str] = "sale.ticket_voided"
    ticket_id: str
    reason: str
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class ClaimIssued:
    """The machine cannot finish: any window honours this code for what was paid and not printed."""

    type: ClassVar[str] = "sale.claim_issued"
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimHonoured:
    """A person gave the bearer of the claim code what was paid for: tickets or money."""

    type: ClassVar[str] = "sale.claim_honoured"
    approved_by: str
    how: Literal["tickets", "money"]


@dataclass(frozen=True, slots=True)
class SaleReopened:
    """A done sale is open again, so that a ticket can be reissued on request."""

    type: ClassVar[str] = "sale.reopened"
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class SaleClosed:
    """The end: `done`: paid and printed; `released`: nothing paid, places given back; `claim`: a person finishes."""

    type: ClassVar[str] = "sale.closed"
    outcome: SaleOutcome


SaleEvent = (
    SaleOpened
    | PlacesHeld
    | PaymentCreated
    | PaymentSubmitted
    | PaymentAnswered
    | ReverseSubmitted
    | ReverseAnswered
    | PaidLate
    | SaleGivenUp
    | RefundSubmitted
    | RefundAnswered
    | TicketSigned
    | PrintSubmitted
    | PrintAnswered
    | TicketVoided
    | ClaimIssued
    | ClaimHonoured
    | SaleReopened
    | SaleClosed
)
