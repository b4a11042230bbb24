"""A ticket reissued on request: the old serial is void, another takes its place, a few times at most."""

from __future__ import annotations

from shared.domain.sale import SaleReopened, TicketVoided
from shared.domain.sale_state import MAX_REQUESTED, Sale
from shared.selling.desk import Desk
from shared.selling.process import SaleProcess
from shared.selling.refund_plan import Denied


class Reissuing:
    """Reissues tickets of sales that this terminal made since its database was last restored."""

    def __init__(self, desk: Desk, process: SaleProcess) -> None:
        self._desk = desk
        self._process = process

    def reissue(self, ticket_id: str, reason: str, approved_by: str) -> Sale | Denied:
        """Voids the ticket and prints another for its place, with the sale's own care for doubtful prints."""
        sale_id = self._desk.refunds.sale_of(ticket_id)
        if sale_id is None:
            return Denied("unknown_ticket", ticket_id)
        store = self._desk.counter.store
        denied = self._denied(store.sale(sale_id), ticket_id)
        if denied is not None:
            return denied
        store.record(sale_id, SaleReopened(reason, approved_by), TicketVoided(ticket_id, "reissued"))
        self._process.finish(sale_id)
        return store.sale(sale_id)

    def _denied(self, sale: Sale, ticket_id: str) -> Denied | None:
        if sale.outcome != "done":
            return Denied("sale_not_finished", ticket_id)
        if all(ticket.ticket_id != ticket_id for ticket in sale.live_tickets):
            return Denied("already_ended", ticket_id)
        if self._desk.refunds.promised_to(ticket_id) is not None:
            return Denied("promised", ticket_id)
        if self._desk.admitted(ticket_id):
            return Denied("admitted", ticket_id)
        if self._desk.counter.store.begun_before(sale.sale_id):
            return Denied("not_here", ticket_id)
        return Denied("too_often", ticket_id) if sale.reissues >= MAX_REQUESTED else None
