"""Sales and refunds counted from their journal rows alone, without the code that keeps their state."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain import refund as rf
from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit


class Printing:
    """Sheets of a document: what was to be printed, and what is said to be."""

    def __init__(self) -> None:
        self.jobs: dict[str, str] = {}
        self.printed: set[str] = set()

    def submit(self, job_id: str, process_id: str) -> None:
        self.jobs[job_id] = process_id

    def answer(self, job_id: str, outcome: str) -> None:
        if outcome == "printed":
            self.printed.add(self.jobs[job_id])


class SaleAccount:
    """One sale. Amounts in fen."""

    def __init__(self, sale_id: str, events: Sequence[ev.SaleEvent]) -> None:
        self.sale_id = sale_id
        self.places: tuple[LeaseUnit, ...] = ()
        self.total = 0
        self.prepaid: ev.Prepaid | None = None
        self.orders: dict[int, str] = {}
        self.submitted: set[str] = set()
        self.paid: set[str] = set()
        self.refund_nos: set[str] = set()
        self.live: dict[str, ev.TicketSigned] = {}
        self.ended = 0  # tickets that were refunded or exchanged
        self.qrs: set[str] = set()
        self.claims: list[str] = []
        self.claim_jobs: set[str] = set()
        self.refusals = 0  # of the claim slip
        self.printing = Printing()
        self.outcome = "open"
        for event in events:
            self._count_payment(event)
            self._count(event)

    def _count_payment(self, event: ev.SaleEvent) -> None:
        match event:
            case ev.PaymentCreated():
                self.orders[event.attempt] = event.order_no
            case ev.PaymentSubmitted(attempt):
                self.submitted.add(self.orders[attempt])
            case ev.PaymentAnswered(attempt, "paid") | ev.PaidLate(attempt):
                self.paid.add(self.orders[attempt])
            case ev.ReverseAnswered(attempt, "reversed"):
                self.paid.discard(self.orders[attempt])
            case ev.RefundSubmitted(_, refund_no):
                self.refund_nos.add(refund_no)
            case ev.RefundAnswered(attempt, "refunded"):
                self.paid.discard(self.orders[attempt])
            case _:
                pass

    def _count(self, event: ev.SaleEvent) -> None:
        match event:
            case ev.SaleOpened():
                self.total, self.prepaid = event.total.minor, event.prepaid
            case ev.PlacesHeld(units):
                self.places = units
            case ev.TicketSigned():
                self.live[event.ticket_id] = event
                self.qrs.add(event.qr)
            case ev.TicketVoided(ticket_id, _, document_id):
                del self.live[ticket_id]
                self.ended += bool(document_id)
            case ev.PrintSubmitted():
                self.printing.submit(event.job_id, event.process_id)
                if event.subject == "claim":
                    self.claim_jobs.add(event.job_id)
            case ev.PrintAnswered(job_id, outcome):
                self.printing.answer(job_id, outcome)
                self.refusals += outcome == "not_started" and job_id in self.claim_jobs
            case ev.ClaimIssued(code):
                self.claims.append(code)
            case ev.SaleReopened():
                self.outcome = "open"
            case ev.SaleClosed(outcome):
                self.outcome = outcome
            case _:
                pass


class RefundAccount:
    """One refund. Amounts in fen."""

    def __init__(self, refund_id: str, sale_id: str, events: Sequence[rf.RefundEvent]) -> None:
        self.refund_id = refund_id
        self.sale_id = sale_id
        self.tickets: set[str] = set()
        self.back = 0  # what its tickets give
        self.payouts: dict[int, rf.Payout] = {}
        self.submitted: set[str] = set()
        self.refunded: set[str] = set()
        self.declined: set[str] = set()
        self.printing = Printing()
        self.outcome = "open"
        self.granted = False  # until then it only waits to be decided
        for event in events:
            self._count(event)

    def _count(self, event: rf.RefundEvent) -> None:
        match event:
            case rf.RefundOpened():
                self.granted = True
                self.tickets = {ticket.ticket_id for ticket in event.tickets}
                self.back = sum(ticket.value.minor - ticket.fee.minor for ticket in event.tickets)
                self.payouts = {payout.number: payout for payout in event.payouts}
            case rf.PayoutSubmitted(_, refund_no):
                self.submitted.add(refund_no)
            case rf.PayoutAnswered(number, "refunded"):
                self.refunded.add(self.payouts[number].refund_no)
            case rf.PayoutAnswered(number, "declined"):
                self.declined.add(self.payouts[number].refund_no)
            case rf.RefundReceiptSubmitted(job_id, process_id):
                self.printing.submit(job_id, process_id)
            case rf.RefundReceiptAnswered(job_id, outcome):
                self.printing.answer(job_id, outcome)
            case rf.RefundClosed(outcome):
                self.outcome = outcome
            case _:
                pass

    @property
    def owed(self) -> int:
        """What the provider declined to give back: a person does."""
        return sum(payout.amount.minor for payout in self.payouts.values() if payout.refund_no in self.declined)
