"""How a sale's state follows from its events. An impossible history is refused, never repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from shared.domain import sale as ev
from shared.domain.sale_errors import HistoryError, require
from shared.domain.sale_payment_history import PAYMENT_HANDLERS
from shared.domain.sale_state import MAX_REQUESTED, Sale, Sheet, Ticket

__all__ = ["HistoryError", "apply", "follow", "open_sale", "replay"]


def open_sale(sale_id: str, event: ev.SaleOpened) -> Sale:
    """The state after the first event."""
    if not event.categories:
        raise HistoryError("a sale has at least one ticket")
    return Sale(sale_id, event)


def replay(sale_id: str, events: Iterable[ev.SaleEvent]) -> Sale:
    """The state after a whole history. Raises HistoryError, also for an empty one."""
    state: Sale | None = None
    for event in events:
        state = follow(sale_id, state, event)
    if state is None:
        raise HistoryError("a sale without events")
    return state


def follow(sale_id: str, state: Sale | None, event: ev.SaleEvent) -> Sale:
    """The state after the next event; `state` is None before the first. Raises HistoryError."""
    if state is not None:
        return apply(state, event)
    if not isinstance(event, ev.SaleOpened):
        raise HistoryError(f"a sale cannot begin with {event.type}")
    return open_sale(sale_id, event)


def apply(sale: Sale, event: ev.SaleEvent) -> Sale:
    """The state after one more event. Raises HistoryError when it cannot have happened."""
    require(sale.outcome is None or isinstance(event, _AFTER_THE_END), "the sale is closed")
    handler = _HANDLERS.get(type(event))
    if handler is None:
        raise HistoryError(f"{event.type} cannot follow")
    return handler(sale, event)


def _held(sale: Sale, event: ev.PlacesHeld) -> Sale:
    require(not sale.units, "places are held once")
    require(len(event.units) == len(sale.opened.categories), "one place for each ticket")
    return replace(sale, units=event.units)


def _signed(sale: Sale, event: ev.TicketSigned) -> Sale:
    require(sale.is_paid, "no ticket before it is paid")
    require(0 <= event.index < len(sale.units) and sale.units[event.index] == event.unit, "a ticket has its own place")
    require(event.index not in sale.places_ended, "the place was given up")
    before = [t for t in sale.tickets if t.index == event.index]
    require(all(t.voided for t in before), "a place has one live ticket")
    require(event.replaces == (before[-1].ticket_id if before else ""), "a reissue names the ticket before it")
    ticket = Ticket(
        event.index, event.ticket_id, event.unit, event.product_id, event.category_id, event.qr, len(before)
    )
    return replace(sale, tickets=(*sale.tickets, ticket))


def _voided(sale: Sale, event: ev.TicketVoided) -> Sale:
    require(sale.outcome is None or bool(event.document_id), "a closed sale's ticket is ended by a document")
    return _change_ticket(sale, event.ticket_id, voided=True, document_id=event.document_id)


def _change_ticket(sale: Sale, ticket_id: str, **changes: Any) -> Sale:
    require(any(t.ticket_id == ticket_id and not t.voided for t in sale.tickets), "no such live ticket")
    changed = (replace(t, **changes) if t.ticket_id == ticket_id else t for t in sale.tickets)
    return replace(sale, tickets=tuple(changed))


def _print_submitted(sale: Sale, event: ev.PrintSubmitted) -> Sale:
    if event.subject == "receipt":
        return replace(sale, receipt=Sheet(event.job_id, event.process_id))
    if event.subject == "claim":
        tried = sale.claim_sheet or Sheet("", "")
        sheet = Sheet(event.job_id, event.process_id, doubts=tried.doubts, refusals=tried.refusals)
        return replace(sale, claim_sheet=sheet)
    before = next((t.sheet for t in sale.tickets if t.ticket_id == event.subject), None)
    require(before is None or before.state == "not_started", "a ticket is printed once")
    refusals = before.refusals if before else 0
    return _change_ticket(sale, event.subject, sheet=Sheet(event.job_id, event.process_id, refusals=refusals))


def _print_answered(sale: Sale, event: ev.PrintAnswered) -> Sale:
    if sale.receipt and sale.receipt.job_id == event.job_id:
        return replace(sale, receipt=_answer(sale.receipt, event))
    if sale.claim_sheet and sale.claim_sheet.job_id == event.job_id:
        return replace(sale, claim_sheet=_answer(sale.claim_sheet, event))
    for ticket in sale.tickets:
        if ticket.sheet and ticket.sheet.job_id == event.job_id:
            return _change_ticket(sale, ticket.ticket_id, sheet=_answer(ticket.sheet, event))
    raise HistoryError("an answer to a print that was never sent")


def _answer(sheet: Sheet, event: ev.PrintAnswered) -> Sheet:
    require(sheet.state in ("sent", "unknown"), "a print is settled once")
    doubts = sheet.doubts + (event.outcome == "unknown")
    refusals = sheet.refusals + (event.outcome == "not_started")
    return replace(sheet, state=event.outcome, doubts=doubts, refusals=refusals)


def _claimed(sale: Sale, event: ev.ClaimIssued) -> Sale:
    require(sale.claim is None, "a claim is issued once")
    return replace(sale, claim=event)


def _honoured(sale: Sale, event: ev.ClaimHonoured) -> Sale:
    require(sale.outcome == "claim" and not sale.claim_honoured, "an open claim is honoured once")
    return replace(sale, claim_honoured=True)


def _reopened(sale: Sale, event: ev.SaleReopened) -> Sale:
    require(sale.outcome == "done", "only a done sale is opened again")
    require(sale.reissues < MAX_REQUESTED, "it was opened again too often")
    return replace(sale, outcome=None, reissues=sale.reissues + 1)


def _closed(sale: Sale, event: ev.SaleClosed) -> Sale:
    match event.outcome:
        case "released":
            require(not sale.is_paid and sale.owes_nothing, "money that was taken is not released")
        case "claim":
            require(sale.claim is not None, "a claim has its code")
        case "done":
            require(sale.is_paid, "an unpaid sale is released")
        case _:
            assert_never(event.outcome)
    return replace(sale, outcome=event.outcome)


_AFTER_THE_END = (ev.TicketVoided, ev.ClaimHonoured, ev.SaleReopened)

_HANDLERS: Mapping[type, Callable[[Sale, Any], Sale]] = {
    **PAYMENT_HANDLERS,
    ev.PlacesHeld: _held,
    ev.TicketSigned: _signed,
    ev.PrintSubmitted: _print_submitted,
    ev.PrintAnswered: _print_answered,
    ev.TicketVoided: _voided,
    ev.ClaimIssued: _claimed,
    ev.ClaimHonoured: _honoured,
    ev.SaleReopened: _reopened,
    ev.SaleClosed: _closed,
}
