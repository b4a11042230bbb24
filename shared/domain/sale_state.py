"""A sale's state as values: its attempts to pay, its tickets, its sheets of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Money, total

AttemptState = Literal[
    "created",
    "submitted",
    "unknown",
    "paid",
    "declined",
    "reversing",
    "reverse_unknown",
    "reversed",
    "paid_late",
    "refunding",
    "refund_unknown",
    "refund_declined",
    "refunded",
]
SheetState = Literal["sent", "printed", "weakly_confirmed", "not_started", "unknown"]


MAX_REQUESTED = 2  # tickets of one sale that are reissued on request


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to pay, with an order number of its own."""

    number: int
    method: str
    order_no: str
    amount: Money
    state: AttemptState = "created"
    reference: str = ""
    reason: str = ""
    refund_no: str = ""
    receipt: tuple[str, ...] = ()  # what a card terminal wants printed for the payer

    @property
    def is_free(self) -> bool:
        """It is over and cost the payer nothing."""
        return self.state in ("declined", "reversed", "refunded")

    @property
    def is_settled(self) -> bool:
        """What became of its money is known, and nothing more is done about it unless the sale is given up."""
        return self.is_free or self.state in ("paid", "refund_declined")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The last print of one thing; `doubts` counts answers "unknown", `refusals` prints that never started."""

    job_id: str
    process_id: str
    state: SheetState = "sent"
    doubts: int = 0
    refusals: int = 0

    @property
    def is_out(self) -> bool:
        return self.state in ("printed", "weakly_confirmed")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A signed ticket. `generation` counts the voided tickets before it in its place.

    `document_id` names what ended it for good: a refund, or the sale that it was exchanged for.
    """

    index: int
    ticket_id: str
    unit: LeaseUnit
    product_id: str
    category_id: str
    qr: str
    generation: int = 0
    voided: bool = False
    sheet: Sheet | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """Where a sale stands. `tickets` holds the voided ones too, in the order of signing."""

    sale_id: str
    opened: ev.SaleOpened
    units: tuple[LeaseUnit, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    receipt: Sheet | None = None
    claim: ev.ClaimIssued | None = None
    claim_sheet: Sheet | None = None
    claim_honoured: bool = False
    given_up: bool = False
    reissues: int = 0  # how many tickets were reissued on request
    outcome: ev.SaleOutcome | None = None

    @property
    def collected(self) -> Money:
        """What the visitor's attempts paid so far."""
        return total((a.amount for a in self.attempts if a.state == "paid"), self.opened.total.currency)

    @property
    def rest(self) -> Money:
        """What is still to be paid; zero when something worth more was given in exchange."""
        due = self.opened.total - self.collected
        if self.opened.prepaid is not None:
            due = due - self.opened.prepaid.amount
        return Money(max(0, due.minor), due.currency)

    @property
    def is_paid(self) -> bool:
        """Places are held and nothing is left to pay."""
        return bool(self.units) and self.rest.minor == 0

    @property
    def owes_nothing(self) -> bool:
        """No attempt holds the visitor's money, as far as is known."""
        return all(a.is_free for a in self.attempts)

    @property
    def places_ended(self) -> frozenset[int]:
        """The places (indices) whose tickets were refunded or exchanged."""
        return frozenset(t.index for t in self.tickets if t.document_id)

    @property
    def live_tickets(self) -> tuple[Ticket, ...]:
        """The tickets that open the gate, in the order of the party."""
        return tuple(sorted((t for t in self.tickets if not t.voided), key=lambda t: t.index))
