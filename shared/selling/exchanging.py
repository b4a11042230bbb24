"""Exchange of tickets for another slot or product: a new sale that the old tickets pay for, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared.domain import refund as ev
from shared.domain.money import total
from shared.domain.sale import Prepaid, SaleOpened, TicketSigned, TicketVoided
from shared.domain.sale_state import Sale
from shared.domain.visitor import VisitorDocument
from shared.selling.desk import Desk
from shared.selling.process import SaleProcess
from shared.selling.refund_plan import Denied, Planner, RefundRequest, exchange_refund_id
from shared.selling.refunding import RefundProcess


class Exchanging:
    """Implements `shared.selling.ports.Exchanges`, and begins exchanges.

    New places are held first. Until the new tickets are signed the old ones are good, and giving the new sale up
    refunds what was paid for it. A difference that the visitor gets is a refund of its own, opened with the signing.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._planner = Planner(desk)

    def open(
        self,
        process: SaleProcess,
        sale_id: str,
        opened: SaleOpened,
        request: RefundRequest,
        visitors: Sequence[VisitorDocument] = (),
    ) -> Denied | None:
        """Begins the new sale; what it costs more than the old tickets give waits for `process.pay` as ever.

        `visitors` are the documents for tickets in names: those given in exchange do not count against a person.
        """
        plan = self._planner.approved(request)
        if isinstance(plan, Denied):
            return plan
        if not plan.here:
            return Denied("not_here", request.ticket_ids[0])
        amount = min(plan.back, opened.total, key=lambda money: money.minor)
        who = request.approved_by, request.supervisor
        prepaid = Prepaid("exchange", request.sale_id, amount, plan.tickets, *who, plan.rules)
        process.open(sale_id, replace(opened, prepaid=prepaid), visitors)
        self._pay_difference(sale_id)
        return None

    def commit(self, sale: Sale, signed: Sequence[TicketSigned]) -> Sale:
        """In one transaction: the new tickets exist, the old ones are void, the difference is promised."""
        prepaid = sale.opened.prepaid
        if prepaid is None:
            raise ValueError("the sale exchanges nothing")
        old = self._desk.counter.store.sale(prepaid.reference)
        voids = [TicketVoided(given.ticket_id, "exchange", sale.sale_id) for given in prepaid.returns]
        self._desk.refunds.record(
            exchange_refund_id(sale.sale_id),
            old.sale_id,
            *self._refund(sale, old, prepaid),
            of_sales={old.sale_id: voids, sale.sale_id: signed},
        )
        return self._desk.counter.store.sale(sale.sale_id)

    def _refund(self, sale: Sale, old: Sale, prepaid: Prepaid) -> list[ev.RefundEvent]:
        back = total((given.back for given in prepaid.returns), prepaid.amount.currency)
        payouts, credits = self._planner.payouts(old, back, prepaid.amount)
        opened = ev.RefundOpened(
            "exchange",
            prepaid.returns,
            tuple(payouts),
            prepaid.amount,
            sale.sale_id,
            prepaid.approved_by,
            "exchange",
            tuple(credits),
            prepaid.supervisor,
            prepaid.rules,
        )
        return [opened] if payouts else [opened, ev.RefundClosed("done")]

    def _pay_difference(self, sale_id: str) -> None:
        if exchange_refund_id(sale_id) in self._desk.refunds.open_refunds():
            RefundProcess(self._desk).finish(exchange_refund_id(sale_id))
