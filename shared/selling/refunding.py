"""The refund process: tickets void and money promised in one transaction, then paid back until it is certain."""

from __future__ import annotations

from typing import assert_never

import structlog

from drivers.contracts.printer import PrintJob
from shared.domain import refund as ev
from shared.domain import refund_state as steps
from shared.domain.canonical import instant_text, parse_instant
from shared.domain.money import Money
from shared.domain.refund_state import Refund
from shared.domain.sale import TicketVoided
from shared.selling.desk import Desk
from shared.selling.issuing import read_answer
from shared.selling.paying_back import PayingBack, Return, ReturnAnswer
from shared.selling.refund_plan import Denied, Planner, RefundPlan, RefundRequest

_log = structlog.get_logger()


class RefundProcess:
    """Runs refunds and voids one step at a time. All methods block and are called on one thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._planner = Planner(desk)
        self._paying_back = PayingBack(desk.counter)

    def open(self, refund_id: str, request: RefundRequest) -> Refund | Denied:
        """Takes the tickets back and pays, or queues the refund when it may not be decided here now."""
        plan = self._planner.approved(request)
        if isinstance(plan, Denied):
            return plan
        if plan.here:
            return self._advance(self._grant(refund_id, request, plan))
        return self._desk.refunds.record(refund_id, request.sale_id, self._queued(request))

    def resume(self) -> None:
        """Brings open refunds to their end, as far as the world allows; queued ones when the line is up."""
        for refund_id in self._desk.refunds.open_refunds():
            _log.info("refund_resumed", refund=refund_id)
            self.finish(refund_id)

    def finish(self, refund_id: str) -> Refund:
        """Goes on with one refund."""
        return self._advance(self._desk.refunds.refund(refund_id))

    def _queued(self, request: RefundRequest) -> ev.RefundQueued:
        return ev.RefundQueued(
            request.kind,
            request.ticket_ids,
            request.approved_by,
            request.reason,
            request.used,
            request.supervisor,
            instant_text(self._desk.counter.clock.now()),
        )

    def _grant(self, refund_id: str, request: RefundRequest, plan: RefundPlan) -> Refund:
        payouts, _ = self._planner.payouts(plan.sale, plan.back)
        nothing = Money(0, plan.back.currency)
        opened = ev.RefundOpened(
            request.kind,
            plan.tickets,
            tuple(payouts),
            nothing,
            "",
            request.approved_by,
            request.reason,
            supervisor=request.supervisor,
            rules=plan.rules,
        )
        voids = [TicketVoided(ticket.ticket_id, request.kind, refund_id) for ticket in plan.tickets]
        return self._desk.refunds.record(refund_id, request.sale_id, opened, of_sales={request.sale_id: voids})

    def _advance(self, refund: Refund) -> Refund:
        while True:
            before, refund = refund, self._perform(refund)
            waits = any(state.standing == "unknown" for state in refund.payouts)
            if waits or refund == before:
                return refund

    def _perform(self, refund: Refund) -> Refund:
        """Does the next step; the same refund again when nothing can be done now."""
        step = steps.next_refund_step(refund)
        match step:
            case steps.AwaitDecision(queued):
                return self._decide(refund, queued)
            case steps.PayOut(payout):
                return self._pay_out(refund, payout)
            case steps.IssueRefundClaim():
                return self._claim(refund, "refund_declined")
            case steps.PrintRefundReceipt():
                return self._print(refund)
            case steps.CloseRefund(outcome):
                return self._record(refund, ev.RefundClosed(outcome))
            case steps.RefundOver():
                return refund
        assert_never(step)

    def _decide(self, refund: Refund, queued: ev.RefundQueued) -> Refund:
        """Decides a queued refund again, when its terminal may; what the rules are against by now is dropped."""
        request = RefundRequest(
            refund.sale_id,
            queued.ticket_ids,
            queued.kind,
            queued.approved_by,
            queued.reason,
            queued.used,
            queued.supervisor,
            parse_instant(queued.asked_at) if queued.asked_at else None,
        )
        plan = self._planner.approved(request)
        if isinstance(plan, Denied):
            return self._record(refund, ev.RefundClosed("dropped", plan.reason))
        return self._grant(refund.refund_id, request, plan) if plan.here else refund

    def _pay_out(self, refund: Refund, payout: ev.Payout) -> Refund:
        submitted = ev.PayoutSubmitted(payout.number, payout.refund_no, payout.amount)

        def answered(said: ReturnAnswer) -> None:
            self._record(refund, ev.PayoutAnswered(payout.number, said.outcome, said.reference, said.reason))

        back = Return(payout.refund_no, payout.method, payout.order_no, payout.amount, payout.paid)
        self._paying_back.send(back, lambda: self._record(refund, submitted), answered)
        after = self._desk.refunds.refund(refund.refund_id)
        known = after.payouts[payout.number - 1].is_over
        return after if known else self._leave(after)

    def _leave(self, refund: Refund) -> Refund:
        """Nobody answers: the visitor need not wait, a claim code is printed, and it is tried again later."""
        if refund.claim is None:
            refund = self._claim(refund, "refund_unknown")
        if refund.receipt is None:
            refund = self._print(refund)
        return refund

    def _claim(self, refund: Refund, reason: str) -> Refund:
        _log.error("refund_to_window", refund=refund.refund_id, reason=reason)
        return self._record(refund, ev.RefundClaimIssued(self._desk.counter.ids.claim_code(), reason))

    def _print(self, refund: Refund) -> Refund:
        ids, counter = self._desk.counter.ids, self._desk.counter
        blocks = self._desk.sheet(counter.store.sale(refund.sale_id), refund)
        job = PrintJob(ids.job_id(), ids.process_id(), blocks)
        self._record(refund, ev.RefundReceiptSubmitted(job.job_id, job.process_id))
        outcome, reason = read_answer(counter.paper_printer.print(job))
        return self._record(refund, ev.RefundReceiptAnswered(job.job_id, outcome, reason))

    def _record(self, refund: Refund, *events: ev.RefundEvent) -> Refund:
        return self._desk.refunds.record(refund.refund_id, refund.sale_id, *events)
