"""The sale as a history: events that happened, and the state that follows from them (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from shared.domain.capacity import LeaseUnit
from shared.domain.money import Money

PaymentOutcome = Literal["paid", "declined", "unknown"]
PrintOutcome = Literal["printed", "weakly_confirmed", "not_started", "unknown"]
SaleOutcome = Literal["done", "released", "claim"]


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


@dataclass(frozen=True, slots=True)
class PlacesHeld:
    """Units of leases were taken, one per ticket, in the order of the tickets."""

    type: ClassVar[str] = "sale.places_held"
    units: tuple[LeaseUnit, ...]


@dataclass(frozen=True, slots=True)
class PaymentCreated:
    """An attempt has its order number; nothing has left the machine."""

    type: ClassVar[str] = "sale.payment_created"
    attempt: int
    method: str
    order_no: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentSubmitted:
    """The request is about to leave: from here on money may have moved."""

    type: ClassVar[str] = "sale.payment_submitted"
    attempt: int


@dataclass(frozen=True, slots=True)
class PaymentAnswered:
    """What the provider said. `reference` is set when paid, `reason` when declined or unknown."""

    type: ClassVar[str] = "sale.payment_answered"
    attempt: int
    outcome: PaymentOutcome
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReverseSubmitted:
    """An attempt without a known result is about to be reversed."""

    type: ClassVar[str] = "sale.reverse_submitted"
    attempt: int


@dataclass(frozen=True, slots=True)
class ReverseAnswered:
    """`reversed`: the attempt is over and cost nothing. `unknown`: to be asked again."""

    type: ClassVar[str] = "sale.reverse_answered"
    attempt: int
    outcome: Literal["reversed", "unknown"]


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
    """The serial opens nothing any more (its place goes to the ticket that replaces it)."""

    type: ClassVar[str] = "sale.ticket_voided"
    ticket_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimIssued:
    """The machine cannot finish: any window honours this code for what was paid and not printed."""

    type: ClassVar[str] = "sale.claim_issued"
    code: str
    reason: str


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
    | TicketSigned
    | PrintSubmitted
    | PrintAnswered
    | TicketVoided
    | ClaimIssued
    | SaleClosed
)
