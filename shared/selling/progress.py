"""What the sale process tells the screen while it works. Every message names its sale."""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.contracts.payment import DeclineReason
from drivers.contracts.payment_steps import PaymentStep
from drivers.contracts.printer import PrinterNotReady, PrinterUnreachable
from shared.domain.money import Money
from shared.errors import Fault


@dataclass(frozen=True, slots=True)
class SaleReady:
    """Priced and held: the visitor may pay."""

    sale_id: str


@dataclass(frozen=True, slots=True)
class NoPlaces:
    """The slot has not enough places for the party. `window_only`: here, while the line is down."""

    sale_id: str
    window_only: bool


@dataclass(frozen=True, slots=True)
class CannotServe:
    """The machine could not print tickets or not record the sale, so it takes no money. Nothing is held."""

    sale_id: str
    cause: PrinterNotReady | PrinterUnreachable | Fault


@dataclass(frozen=True, slots=True)
class NamesWanted:
    """The product is sold in a name alone: one document for each ticket. Nothing is held."""

    sale_id: str


@dataclass(frozen=True, slots=True)
class PersonHasEnough:
    """The person of ticket `number` (from 1) would have more than `limit` that day. Nothing is held.

    `last4` are the document's last characters, for its bearer's eyes alone.
    """

    sale_id: str
    number: int
    last4: str = field(repr=False)
    limit: int


@dataclass(frozen=True, slots=True)
class PaymentWaiting:
    """Submitted; `confirm` when the payer must confirm on the telephone."""

    sale_id: str
    attempt: int
    confirm: bool


@dataclass(frozen=True, slots=True)
class PaymentCodeReady:
    """The payer is to scan `text`, shown as a QR code, within `valid_seconds` from now."""

    sale_id: str
    attempt: int
    text: str = field(repr=False)
    valid_seconds: float


@dataclass(frozen=True, slots=True)
class PaymentStepReached:
    """The payer is at a terminal or a cash unit, and this is what it asks for or does now."""

    sale_id: str
    attempt: int
    step: PaymentStep


@dataclass(frozen=True, slots=True)
class PaymentUnsure:
    """No clear answer yet: the machine is asking what became of the money, and no second payment is possible."""

    sale_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class PaymentRefused:
    """Declined: no money moved; the basket stays and another payment may be tried."""

    sale_id: str
    attempt: int
    reason: DeclineReason


@dataclass(frozen=True, slots=True)
class PaymentUndone:
    """The unclear attempt was reversed: no money moved or it went back; another payment may be tried."""

    sale_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """Paid. `tickets` sheets follow."""

    sale_id: str
    tickets: int


@dataclass(frozen=True, slots=True)
class PaymentInPart:
    """This attempt paid its part; `rest` is left to pay, by the same method or another."""

    sale_id: str
    attempt: int
    rest: Money


@dataclass(frozen=True, slots=True)
class TicketPrinting:
    """Ticket `number` (from 1) of `count` is at the printer."""

    sale_id: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class PrinterWaits:
    """The printer stopped in the middle (paper, cover): it goes on when it is mended; staff are needed."""

    sale_id: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class SaleDone:
    """All tickets are out."""

    sale_id: str
    tickets: int
    receipt: bool


@dataclass(frozen=True, slots=True)
class SaleToWindow:
    """The machine cannot finish; the claim code gets the tickets or the money at any window."""

    sale_id: str
    claim_code: str
    claim_printed: bool


@dataclass(frozen=True, slots=True)
class SaleReleased:
    """Given up before payment; the places are free again."""

    sale_id: str


Progress = (
    SaleReady
    | NoPlaces
    | CannotServe
    | NamesWanted
    | PersonHasEnough
    | PaymentWaiting
    | PaymentCodeReady
    | PaymentStepReached
    | PaymentUnsure
    | PaymentRefused
    | PaymentUndone
    | PaymentDone
    | PaymentInPart
    | TicketPrinting
    | PrinterWaits
    | SaleDone
    | SaleToWindow
    | SaleReleased
)
