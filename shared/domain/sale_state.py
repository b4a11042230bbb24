"""A sale's state as values: its attempts to pay, its tickets, its sheets of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Money

AttemptState = Literal[
    "created", "submitted", "unknown", "paid", "declined", "reversing", "reverse_unknown", "reversed"
]
SheetState = Literal["sent", "printed", "weakly_confirmed", "not_started", "unknown"]


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
    """A signed ticket. `generation` counts the voided tickets before it in its place."""

    index: int
    ticket_id: str
    unit: LeaseUnit
    product_id: str
    category_id: str
    qr: str
    generation: int = 0
    voided: bool = False
    sheet: Sheet | None = None


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
    outcome: ev.SaleOutcome | None = None

    @property
    def is_paid(self) -> bool:
        return any(a.state == "paid" for a in self.attempts)

    @property
    def live_tickets(self) -> tuple[Ticket, ...]:
        """The tickets that open the gate, in the order of the party."""
        return tuple(sorted((t for t in self.tickets if not t.voided), key=lambda t: t.index))

    @property
    def last_attempt(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None
