"""How an order's state follows from its events. An impossible history is refused, never repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from shared.domain import cash as ev
from shared.domain.cash_order import CashOrder, Dispense, Stacking
from shared.domain.sale_errors import HistoryError, require
from shared.domain.sale_state import Sheet

_JAMS = frozenset({"jam", "jam_stacked"})


def follow_cash(order_no: str, order: CashOrder | None, event: ev.OrderEvent) -> CashOrder:
    """The state after one more event. Raises HistoryError when it cannot have happened."""
    if order is None:
        if not isinstance(event, ev.CashOpened):
            raise HistoryError(f"an order cannot begin with {event.type}")
        require(event.amount.minor > 0, "an order is for some money")
        return CashOrder(order_no, event)
    require(order.outcome is None or isinstance(event, ev.CashClaimHonoured), "the order is closed")
    handler = _HANDLERS.get(type(event))
    if handler is None:
        raise HistoryError("an order is opened once")
    return handler(order, event)


def replay_cash(order_no: str, events: Iterable[ev.OrderEvent]) -> CashOrder:
    """The state after a whole history. Raises HistoryError, also for an empty one."""
    order: CashOrder | None = None
    for event in events:
        order = follow_cash(order_no, order, event)
    if order is None:
        raise HistoryError("an order without events")
    return order


def _heard(order: CashOrder, event: ev.CashHeard) -> CashOrder:
    require(order.takes_money, "nobody may pay into this order now")
    currency = order.opened.amount.currency
    require(all(p.count > 0 and p.value.currency == currency for p in event.pieces), "pieces of the order's currency")
    stacking = order.stacking
    if stacking is not None and stacking.device == event.device:
        stacking = None if _moved_on(event, stacking) else stacking
    escrow = order.escrow
    if event.escrow is not None:
        escrow = Stacking(event.device, event.escrow)
    elif escrow is not None and escrow.device == event.device and _moved_on(event, escrow):
        escrow = None
    jammed = (order.jammed or not _JAMS.isdisjoint(event.troubles)) and (stacking is not None or escrow is not None)
    order = _without_doubt(order, event) if order.doubtful_notes is not None else order
    inserted = (*order.inserted, *event.pieces)
    return replace(order, inserted=inserted, stacking=stacking, escrow=escrow, jammed=jammed)


def _without_doubt(order: CashOrder, event: ev.CashHeard) -> CashOrder:
    """A note that nobody could find was heard to arrive after all."""
    doubtful = order.doubtful_notes
    for pieces in event.pieces:
        if doubtful is not None and pieces.place == ev.box_of(event.device) and pieces.value <= doubtful:
            rest = doubtful - pieces.value
            doubtful = rest if rest.minor else None
    return replace(order, doubtful_notes=doubtful)


def _moved_on(event: ev.CashHeard, note: Stacking) -> bool:
    return event.given_back or any(pieces.value == note.value for pieces in event.pieces)


def _stack_submitted(order: CashOrder, event: ev.StackSubmitted) -> CashOrder:
    note = Stacking(event.device, event.value)
    require(order.stacking is None and order.escrow == note, "only a note in escrow is stacked")
    require(order.decision is None, "no note is taken after the decision")
    return replace(order, stacking=note)


def _stack_ended(order: CashOrder, event: ev.StackEnded) -> CashOrder:
    note = order.stacking or order.escrow
    if note is None or note.device != event.device:
        raise HistoryError("there is no such note on its way")
    order = replace(order, stacking=None, escrow=None, jammed=False)
    if event.outcome == "stacked":
        return replace(order, inserted=(*order.inserted, ev.Pieces(ev.box_of(event.device), note.value, 1)))
    if event.outcome == "in_doubt":
        doubtful = order.doubtful_notes
        return replace(order, doubtful_notes=note.value if doubtful is None else doubtful + note.value)
    return order


def _decided(order: CashOrder, event: ev.CashDecided) -> CashOrder:
    require(order.opened.kind == "payment" and order.decision is None, "a payment is decided once")
    require(order.stacking is None, "not while a note is on its way")
    require(event.how == "give_back" or order.rest.minor == 0, "too little came in to be kept")
    return replace(order, decision=event.how)


def _dispense_submitted(order: CashOrder, event: ev.DispenseSubmitted) -> CashOrder:
    require(all(dispense.paid is not None for dispense in order.dispenses), "the hopper before is not settled")
    require(event.number == len(order.dispenses) + 1, "orders to hoppers are numbered from 1")
    require(event.pieces.count > 0 and event.pieces.worth <= order.owed, "no more than is owed")
    require(order.claim is None, "what is claimed is not paid out")
    dispense = Dispense(event.number, event.pieces, event.counter, event.total)
    return replace(order, dispenses=(*order.dispenses, dispense))


def _dispense_answered(order: CashOrder, event: ev.DispenseAnswered) -> CashOrder:
    require(bool(order.dispenses) and event.number == len(order.dispenses), "an answer to what was never asked")
    last = order.dispenses[-1]
    require(last.paid is None and 0 <= event.paid <= last.pieces.count, "a hopper answers once, within what was asked")
    answered = replace(last, paid=event.paid, certain=event.certain, reason=event.reason)
    return replace(order, dispenses=(*order.dispenses[:-1], answered))


def _claimed(order: CashOrder, event: ev.CashClaimIssued) -> CashOrder:
    require(order.claim is None and event.code != "", "a claim is issued once")
    zero = order.opened.amount * 0
    require(
        event.owed == order.owed and event.doubtful_notes == (order.doubtful_notes or zero),
        "a claim of all that is owed",
    )
    require(event.owed.minor + event.doubtful_notes.minor > 0, "a claim of something")
    return replace(order, claim=event)


def _slip_submitted(order: CashOrder, event: ev.SlipSubmitted) -> CashOrder:
    require(order.claim is not None, "a slip without a claim")
    refusals, doubts = (order.slip.refusals, order.slip.doubts) if order.slip else (0, 0)
    return replace(order, slip=Sheet(event.job_id, event.process_id, "sent", doubts, refusals))


def _slip_answered(order: CashOrder, event: ev.SlipAnswered) -> CashOrder:
    slip = order.slip
    if slip is None or slip.job_id != event.job_id or slip.state != "sent":
        raise HistoryError("an answer to a print that was never sent")
    doubts, refusals = slip.doubts + (event.outcome == "unknown"), slip.refusals + (event.outcome == "not_started")
    return replace(order, slip=replace(slip, state=event.outcome, doubts=doubts, refusals=refusals))


def _closed(order: CashOrder, event: ev.CashClosed) -> CashOrder:
    require(
        order.owed.minor == 0 and order.stacking is None and order.escrow is None, "something is still owed or held"
    )
    require(all(dispense.paid is not None for dispense in order.dispenses), "a hopper is not settled")
    require(order.doubtful_notes is None or order.claim is not None, "a doubtful note is claimed")
    ends: ev.CashEnd = "kept" if order.decision == "keep" else "given_back"
    require(event.outcome == ("refunded" if order.opened.kind == "refund" else ends), "it cannot end like that")
    require(order.opened.kind == "refund" or order.decision is not None, "a payment is decided before it is closed")
    return replace(order, outcome=event.outcome)


def _honoured(order: CashOrder, event: ev.CashClaimHonoured) -> CashOrder:
    claim = order.claim
    if claim is None or order.outcome is None or order.honoured:
        raise HistoryError("a claim is honoured once, after its order is closed")
    require(0 <= event.paid.minor <= claim.owed.minor + claim.doubtful_notes.minor, "no more than is claimed")
    return replace(order, honoured=True)


_HANDLERS: Mapping[type, Callable[[CashOrder, Any], CashOrder]] = {
    ev.CashHeard: _heard,
    ev.StackSubmitted: _stack_submitted,
    ev.StackEnded: _stack_ended,
    ev.CashDecided: _decided,
    ev.DispenseSubmitted: _dispense_submitted,
    ev.DispenseAnswered: _dispense_answered,
    ev.CashClaimIssued: _claimed,
    ev.SlipSubmitted: _slip_submitted,
    ev.SlipAnswered: _slip_answered,
    ev.CashClosed: _closed,
    ev.CashClaimHonoured: _honoured,
}
