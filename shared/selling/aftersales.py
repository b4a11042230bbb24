"""What a screen asks about tickets that were sold: one call each, for the visitor's or the cashier's one tap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from shared.domain.refund import RefundClaimHonoured
from shared.domain.refund_state import Refund
from shared.domain.sale import ClaimHonoured
from shared.domain.sale_state import Sale
from shared.security.keys import Keyring
from shared.security.ticket_code import Genuine, open_ticket
from shared.selling.desk import Desk
from shared.selling.process import SaleProcess
from shared.selling.refund_plan import Denied, Planner, RefundPlan, RefundRequest
from shared.selling.refunding import RefundProcess
from shared.selling.reissuing import Reissuing

_TICKET_ID_DIGITS = 32


class Aftersales:
    """Refund, void, reissue and claims of this terminal's sales. All calls block and are made on one thread."""

    def __init__(self, desk: Desk, process: SaleProcess, keyring: Callable[[], Keyring]) -> None:
        self._desk = desk
        self._process = process
        self._keyring = keyring
        self._refunds = RefundProcess(desk)

    def quote_refund(self, ticket: str, used: tuple[str, ...] = ()) -> RefundPlan | Denied:
        """What a ticket, by its code or its id, would give back now and why not. Touches nothing."""
        found = self._find(ticket)
        if isinstance(found, Denied):
            return found
        ticket_id, sale_id = found
        return Planner(self._desk).plan(RefundRequest(sale_id, (ticket_id,), "refund", "", "quote", used))

    def refund(
        self, refund_id: str, ticket: str, approved_by: str, reason: str, supervisor: str = ""
    ) -> Refund | Denied:
        """Takes one ticket back: the one tap after `quote_refund`, with a supervisor where that said so."""
        found = self._find(ticket)
        if isinstance(found, Denied):
            return found
        ticket_id, sale_id = found
        request = RefundRequest(sale_id, (ticket_id,), "refund", approved_by, reason, supervisor=supervisor)
        return self._refunds.open(refund_id, request)

    def void(self, refund_id: str, sale_id: str, approved_by: str, reason: str) -> Refund | Denied:
        """Takes a whole sale of this business day back, without a fee."""
        tickets = tuple(ticket.ticket_id for ticket in self._desk.counter.store.sale(sale_id).live_tickets)
        if not tickets:
            return Denied("already_ended", "")
        return self._refunds.open(refund_id, RefundRequest(sale_id, tickets, "void", approved_by, reason))

    def reissue(self, ticket: str, approved_by: str, reason: str) -> Sale | Denied:
        """Prints another ticket in the place of this one, which is void from then on."""
        found = self._find(ticket)
        if isinstance(found, Denied):
            return found
        return Reissuing(self._desk, self._process).reissue(found[0], reason, approved_by)

    def honour_claim(self, sale_id: str, approved_by: str, how: Literal["tickets", "money"]) -> Sale:
        """A person gave the bearer of the claim code what is owed. Raises HistoryError when it was honoured before."""
        return self._desk.counter.store.record(sale_id, ClaimHonoured(approved_by, how))

    def honour_refund_claim(self, refund_id: str, approved_by: str) -> Refund:
        """A person paid out what no method took back. Raises HistoryError when that is not known, or was done before.

        While a provider's answer is wanted the refund is open and its claim is not honoured: it may still come back.
        """
        refunds = self._desk.refunds
        return refunds.record(refund_id, refunds.refund(refund_id).sale_id, RefundClaimHonoured(approved_by))

    def resume(self) -> None:
        """At the start: sales first, for an exchange may promise a refund; then refunds."""
        self._process.resume()
        self._refunds.resume()

    def _find(self, ticket: str) -> tuple[str, str] | Denied:
        """The ticket's id and its sale."""
        ticket_id = ticket.lower()
        if len(ticket) != _TICKET_ID_DIGITS:
            read = open_ticket(ticket, self._keyring())
            if not isinstance(read, Genuine):
                return Denied("unknown_ticket", "")
            ticket_id = read.payload.ticket_id.hex()
        sale_id = self._desk.refunds.sale_of(ticket_id)
        return Denied("unknown_ticket", ticket_id) if sale_id is None else (ticket_id, sale_id)
