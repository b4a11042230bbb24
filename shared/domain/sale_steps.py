"""What comes next for a sale: one pure decision, the same after a crash as in the middle of a good day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from shared.domain.money import Money
from shared.domain.sale import SaleOutcome
from shared.domain.sale_state import Attempt, Sale, Ticket

MAX_REFUSALS = 3  # prints of one ticket that never started, before a person takes over
MAX_GENERATION = 1  # a ticket is reissued once by the machine; after that a person takes over
PATIENCE = 2  # doubtful answers for one sheet: the first starts the recovery, the second ends it


@dataclass(frozen=True, slots=True)
class Hold:
    """Take places out of the leases."""


@dataclass(frozen=True, slots=True)
class AwaitPayment:
    """The visitor may pay `rest` or a part of it (a further attempt too), or leave."""

    rest: Money


@dataclass(frozen=True, slots=True)
class Submit:
    """Send the created attempt."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Settle:
    """Money may have moved: ask, and reverse when there is no answer."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Reverse:
    """A reversal was begun: only its end ends the attempt."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class PayBack:
    """Refund the whole of an attempt to its own method, under one refund number until the answer is known."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign the tickets of these places (indices)."""

    indices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """Send the ticket to the printer."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class AwaitSheet:
    """The sheet was sent and nobody knows whether it is out: wait, do not print."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Reissue:
    """Void the doubtful ticket and sign another for its place."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """All tickets are out."""


@dataclass(frozen=True, slots=True)
class IssueClaim:
    """The machine cannot finish: a person will."""

    reason: str


@dataclass(frozen=True, slots=True)
class PrintClaim:
    """Print the claim slip, again while the printer refuses; the screen shows the code in any case."""


@dataclass(frozen=True, slots=True)
class Close:
    """Everything is settled."""

    outcome: SaleOutcome


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more happens to this sale."""


Step = (
    Hold
    | AwaitPayment
    | Submit
    | Settle
    | Reverse
    | PayBack
    | Sign
    | Print
    | AwaitSheet
    | Reissue
    | PrintReceipt
    | IssueClaim
    | PrintClaim
    | Close
    | Ended
)


def next_step(sale: Sale) -> Step:
    """The one thing to do now."""
    if sale.outcome is not None:
        return Ended()
    if not sale.units:
        return Hold()
    return _issue_step(sale) if sale.is_paid else _payment_step(sale)


def _payment_step(sale: Sale) -> Step:
    for attempt in sale.attempts:
        step = _attempt_step(attempt, leaving=sale.given_up or sale.claim is not None)
        if step is not None:
            return step
    if not any(a.state == "refund_declined" for a in sale.attempts):
        return Close("released") if sale.given_up or sale.claim else AwaitPayment(sale.rest)
    return _claim_step(sale) if sale.claim else IssueClaim("refund_declined")


def _attempt_step(attempt: Attempt, *, leaving: bool) -> Step | None:
    match attempt.state:
        case "created":
            return Submit(attempt)
        case "submitted" | "unknown":
            return Settle(attempt)
        case "reversing" | "reverse_unknown":
            return Reverse(attempt)
        case "paid_late" | "refunding" | "refund_unknown":
            return PayBack(attempt)
        case "paid":
            return PayBack(attempt) if leaving else None
        case "declined" | "reversed" | "refunded" | "refund_declined":
            return None
        case _:
            assert_never(attempt.state)


def _claim_step(sale: Sale) -> Step:
    return PrintClaim() if claim_is_due(sale) else Close("claim")


def claim_is_due(sale: Sale) -> bool:
    """Whether the claim slip is to be printed: never tried, cut off by a stop, or not yet out after a few tries.

    A slip that comes out twice bears one code, which is honoured once.
    """
    sheet = sale.claim_sheet
    if sale.claim is None or sheet is None:
        return sale.claim is not None
    return not sheet.is_out and (sheet.state == "sent" or sheet.refusals + sheet.doubts < MAX_REFUSALS)


def _issue_step(sale: Sale) -> Step:
    if sale.claim:
        return _claim_step(sale)
    done = {t.index for t in sale.live_tickets} | sale.places_ended
    unsigned = tuple(i for i in range(len(sale.units)) if i not in done)
    if unsigned:
        return Sign(unsigned)
    for ticket in sale.live_tickets:
        step = _sheet_step(ticket, sale.reissues)
        if step is not None:
            return step
    return PrintReceipt() if sale.receipt is None else Close("done")


def _sheet_step(ticket: Ticket, reissues: int) -> Step | None:
    sheet = ticket.sheet
    if sheet is None:
        return Print(ticket)
    if sheet.is_out:
        return None
    if sheet.state == "not_started":
        return IssueClaim("printer") if sheet.refusals >= MAX_REFUSALS else Print(ticket)
    if sheet.doubts < PATIENCE:
        return AwaitSheet(ticket)
    return IssueClaim("printer") if ticket.generation >= MAX_GENERATION + reissues else Reissue(ticket)
