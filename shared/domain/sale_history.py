"""How a sale's state follows from its events. An impossible history is refused, never repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from shared.domain import sale as ev
from shared.domain.sale_state import Attempt, Sale, Sheet, Ticket


class HistoryError(ValueError):
    """The events do not follow from one another: a bug of ours or a tampered journal."""


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
    _require(sale.outcome is None, "the sale is closed")
    handler = _HANDLERS.get(type(event))
    if handler is None:
        raise HistoryError(f"{event.type} cannot follow")
    return handler(sale, event)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise HistoryError(otherwise)


def _held(sale: Sale, event: ev.PlacesHeld) -> Sale:
    _require(not sale.units, "places are held once")
    _require(len(event.units) == len(sale.opened.categories), "one place for each ticket")
    return replace(sale, units=event.units)


def _created(sale: Sale, event: ev.PaymentCreated) -> Sale:
    _require(bool(sale.units) and sale.claim is None, "no payment without places")
    _require(all(a.state in ("declined", "reversed") for a in sale.attempts), "the attempt before is not over")
    _require(event.attempt == len(sale.attempts) + 1, "attempts are numbered from 1")
    return replace(sale, attempts=(*sale.attempts, Attempt(event.attempt, event.method, event.order_no, event.amount)))


def _submitted(sale: Sale, event: ev.PaymentSubmitted) -> Sale:
    return _change_attempt(sale, event.attempt, ("created",), state="submitted")


def _answered(sale: Sale, event: ev.PaymentAnswered) -> Sale:
    # An attempt that never left the machine can only be declined.
    before = ("created", "submitted", "unknown") if event.outcome == "declined" else ("submitted", "unknown")
    return _change_attempt(
        sale,
        event.attempt,
        before,
        state=event.outcome,
        reference=event.reference,
        reason=event.reason,
    )


def _reversing(sale: Sale, event: ev.ReverseSubmitted) -> Sale:
    return _change_attempt(sale, event.attempt, ("submitted", "unknown", "reverse_unknown"), state="reversing")


def _reversed(sale: Sale, event: ev.ReverseAnswered) -> Sale:
    state = "reversed" if event.outcome == "reversed" else "reverse_unknown"
    return _change_attempt(sale, event.attempt, ("reversing",), state=state)


def _change_attempt(sale: Sale, number: int, allowed: tuple[str, ...], **changes: Any) -> Sale:
    last = sale.last_attempt
    if last is None or last.number != number or last.state not in allowed:
        raise HistoryError(f"attempt {number} is not in {allowed}")
    return replace(sale, attempts=(*sale.attempts[:-1], replace(last, **changes)))


def _signed(sale: Sale, event: ev.TicketSigned) -> Sale:
    _require(sale.is_paid, "no ticket before it is paid")
    _require(0 <= event.index < len(sale.units) and sale.units[event.index] == event.unit, "a ticket has its own place")
    before = [t for t in sale.tickets if t.index == event.index]
    _require(all(t.voided for t in before), "a place has one live ticket")
    _require(event.replaces == (before[-1].ticket_id if before else ""), "a reissue names the ticket before it")
    ticket = Ticket(
        event.index, event.ticket_id, event.unit, event.product_id, event.category_id, event.qr, len(before)
    )
    return replace(sale, tickets=(*sale.tickets, ticket))


def _voided(sale: Sale, event: ev.TicketVoided) -> Sale:
    return _change_ticket(sale, event.ticket_id, voided=True)


def _change_ticket(sale: Sale, ticket_id: str, **changes: Any) -> Sale:
    _require(any(t.ticket_id == ticket_id and not t.voided for t in sale.tickets), "no such live ticket")
    changed = (replace(t, **changes) if t.ticket_id == ticket_id else t for t in sale.tickets)
    return replace(sale, tickets=tuple(changed))


def _print_submitted(sale: Sale, event: ev.PrintSubmitted) -> Sale:
    if event.subject == "receipt":
        return replace(sale, receipt=Sheet(event.job_id, event.process_id))
    if event.subject == "claim":
        return replace(sale, claim_sheet=Sheet(event.job_id, event.process_id))
    before = next((t.sheet for t in sale.tickets if t.ticket_id == event.subject), None)
    _require(before is None or before.state == "not_started", "a ticket is printed once")
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
    _require(sheet.state in ("sent", "unknown"), "a print is settled once")
    doubts = sheet.doubts + (event.outcome == "unknown")
    refusals = sheet.refusals + (event.outcome == "not_started")
    return replace(sheet, state=event.outcome, doubts=doubts, refusals=refusals)


def _claimed(sale: Sale, event: ev.ClaimIssued) -> Sale:
    _require(sale.claim is None, "a claim is issued once")
    return replace(sale, claim=event)


def _closed(sale: Sale, event: ev.SaleClosed) -> Sale:
    _require(event.outcome != "released" or not sale.is_paid, "a paid sale is not released")
    _require(event.outcome == "released" or sale.is_paid, "an unpaid sale is released")
    return replace(sale, outcome=event.outcome)


_HANDLERS: dict[type, Callable[[Sale, Any], Sale]] = {
    ev.PlacesHeld: _held,
    ev.PaymentCreated: _created,
    ev.PaymentSubmitted: _submitted,
    ev.PaymentAnswered: _answered,
    ev.ReverseSubmitted: _reversing,
    ev.ReverseAnswered: _reversed,
    ev.TicketSigned: _signed,
    ev.PrintSubmitted: _print_submitted,
    ev.PrintAnswered: _print_answered,
    ev.TicketVoided: _voided,
    ev.ClaimIssued: _claimed,
    ev.SaleClosed: _closed,
}
