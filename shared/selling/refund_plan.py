"""What would go back for tickets, to which payments, or why not: decided by the rules, without touching anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.money import Money, total
from shared.domain.refund import Payout, RefundKind, RulesUsed, TicketReturn
from shared.domain.refund_rules import RefundRefusal, given_back, given_whole, may_decide_here
from shared.domain.refund_values import allocate
from shared.domain.sale_state import Sale, Ticket
from shared.selling.desk import Desk

ELSEWHERE = "booking"  # the method's name of what was paid outside this terminal


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Who wants which tickets of a sale taken back, and why. `used`: products on them that were used already.

    `supervisor` approved it, where the terms ask for one; `asked_at` (UTC) is when it was asked for, None for now.
    """

    sale_id: str
    ticket_ids: tuple[str, ...]
    kind: RefundKind
    approved_by: str
    reason: str
    used: tuple[str, ...] = ()
    supervisor: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    """The rules are against it, because of this ticket."""

    reason: RefundRefusal
    ticket_id: str


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A payment of a sale and what is left of it after earlier refunds (minor units)."""

    method: str
    order_no: str
    paid: Money
    left: int


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """What goes back. `here`: this terminal may decide it now; else it is queued.

    `needs_supervisor`: the terms ask for a second person. `rules`: what it was decided by; None for a void.
    """

    sale: Sale
    tickets: tuple[TicketReturn, ...]
    here: bool
    needs_supervisor: bool = False
    rules: RulesUsed | None = None

    @property
    def back(self) -> Money:
        """What the visitor gets in all."""
        return total((ticket.back for ticket in self.tickets), self.sale.opened.total.currency)


class Planner:
    """Answers from the store and the rules alone. Calls block on the store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(self, request: RefundRequest) -> RefundPlan | Denied:
        """The plan, or the first reason against it. Raises HistoryError when there is no such sale."""
        sale = self._desk.counter.store.sale(request.sale_id)
        at = request.asked_at or self._desk.counter.clock.now()
        returns = []
        for ticket_id in request.ticket_ids:
            ticket = next((t for t in sale.tickets if t.ticket_id == ticket_id), None)
            said = self._return(sale, ticket, request, at) if ticket else "unknown_ticket"
            if not isinstance(said, TicketReturn):
                return Denied(said, ticket_id)
            returns.append(said)
        here = self._decidable(sale, request)
        if request.kind == "void":
            return RefundPlan(sale, tuple(returns), here)
        approval = self._desk.rules.terms(sale.opened.product_id).approval
        return RefundPlan(sale, tuple(returns), here, approval == "supervisor", self._desk.rules.used(at))

    def approved(self, request: RefundRequest) -> RefundPlan | Denied:
        """The plan of a request that is to be carried out now: approved by whom the terms ask for."""
        plan = self.plan(request)
        if isinstance(plan, RefundPlan) and plan.needs_supervisor and not request.supervisor:
            return Denied("needs_approval", request.ticket_ids[0])
        return plan

    def payouts(self, sale: Sale, back: Money, credited: Money | None = None) -> tuple[list[Payout], list[Payout]]:
        """`back` over the payments that it came by, in their proportion: what is paid out, and what is credited."""
        parts = self._paid_parts(sale)
        shares = allocate(back.minor, [part.left for part in parts])
        moved = allocate(credited.minor if credited else 0, shares)
        out = [share - credit for share, credit in zip(shares, moved, strict=True)]
        return self._numbered(parts, out), self._numbered(parts, moved)

    def _numbered(self, parts: Sequence[PaidPart], amounts: Sequence[int]) -> list[Payout]:
        new_no = self._desk.counter.ids.order_no
        given = [(part, minor) for part, minor in zip(parts, amounts, strict=True) if minor]
        return [
            Payout(number, new_no(), part.method, part.order_no, Money(minor, part.paid.currency), part.paid)
            for number, (part, minor) in enumerate(given, 1)
        ]

    def _paid_parts(self, sale: Sale) -> tuple[PaidPart, ...]:
        """The payments of a sale: its own, and those that tickets given in exchange for it came by."""
        paid = ((a.method, a.order_no, a.amount, a.amount) for a in sale.attempts if a.state == "paid")
        return tuple(self._part(sale, *payment) for payment in (*paid, *self._prepaid(sale)))

    def _prepaid(self, sale: Sale) -> list[tuple[str, str, Money, Money]]:
        prepaid = sale.opened.prepaid
        if prepaid is None:
            return []
        if prepaid.kind == "booking":
            return [(ELSEWHERE, prepaid.reference, prepaid.amount, prepaid.amount)]
        opened = self._desk.refunds.refund(exchange_refund_id(sale.sale_id)).opened
        return [(c.method, c.order_no, c.paid, c.amount) for c in opened.credits] if opened else []

    def _part(self, sale: Sale, method: str, order_no: str, paid: Money, share: Money) -> PaidPart:
        taken = self._desk.refunds.paid_back(sale.sale_id, order_no)
        return PaidPart(method, order_no, paid, share.minor - taken)

    def _return(self, sale: Sale, ticket: Ticket, request: RefundRequest, at: datetime) -> TicketReturn | RefundRefusal:
        hindrance = self._hindrance(sale, ticket, request.kind)
        if hindrance is not None:
            return hindrance
        given = ticket.index, ticket.ticket_id
        if request.kind == "void":
            return given_whole(sale.opened, given)
        return given_back(self._desk.rules, sale.opened, given, at, request.used)

    def _hindrance(self, sale: Sale, ticket: Ticket, kind: RefundKind) -> RefundRefusal | None:
        if sale.outcome not in ("done", "claim"):
            return "sale_not_finished"
        if ticket.voided or sale.claim_honoured:
            return "already_ended"
        if self._desk.refunds.promised_to(ticket.ticket_id) is not None:
            return "promised"
        if self._desk.admitted(ticket.ticket_id):
            return "admitted"
        if kind == "exchange" and not self._desk.rules.terms(ticket.product_id).exchangeable:
            return "not_exchangeable"
        return "after_z" if kind == "void" and not self._of_today(sale) else None

    def _of_today(self, sale: Sale) -> bool:
        """Whether a sale is of the open business day; one that names no day, by when it was begun."""
        day = self._desk.day()
        if day is None:
            return False
        if sale.opened.business_day:
            return sale.opened.business_day == day.day.isoformat()
        return self._desk.refunds.begun_at(sale.sale_id) >= day.opened_at

    def _decidable(self, sale: Sale, request: RefundRequest) -> bool:
        counter = self._desk.counter
        leases = {standing.lease.lease_id for standing in self._desk.open_leases()}
        own = all(t.unit.lease_id in leases for t in _named(sale, request.ticket_ids))
        reachable = all(part.method in counter.methods for part in self._paid_parts(sale))
        return reachable and may_decide_here(online=counter.line.online(), lease_open=own)


def exchange_refund_id(sale_id: str) -> str:
    """The refund by which old tickets pay for the sale that they are exchanged for."""
    return f"{sale_id}-exchange"


def _named(sale: Sale, ticket_ids: Sequence[str]) -> list[Ticket]:
    return [ticket for ticket in sale.tickets if ticket.ticket_id in ticket_ids]
