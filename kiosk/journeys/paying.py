"""From the payment code to the last ticket. An answer of another sale or an attempt that is over is dropped."""

from __future__ import annotations

from dataclasses import replace

from drivers.contracts.payment import DeclineReason, Needs
from drivers.contracts.payment_steps import CashInserted, PaymentStep
from kiosk.journeys import moves
from kiosk.journeys.effects import CancelSale, Pay, StopPaying
from kiosk.journeys.events import CodeShown, OtherWayWanted, PayTouch, SaleAnswered, WayChosen
from kiosk.journeys.moves import Moved
from kiosk.journeys.pay_states import PayNotice, PayNow, PayWaiting, Undone, Way
from kiosk.journeys.states import (
    Printing,
    State,
    Step,
    Take,
    ToWindow,
)
from kiosk.journeys.surroundings import serving
from shared.domain.payment_code import NotAPaymentCode, PaymentCode
from shared.errors import Fault
from shared.selling.progress import (
    CannotServe,
    NamesWanted,
    NoPlaces,
    PaymentCodeReady,
    PaymentDone,
    PaymentInPart,
    PaymentRefused,
    PaymentStepReached,
    PaymentUndone,
    PaymentUnsure,
    PaymentWaiting,
    PersonHasEnough,
    PrinterWaits,
    Progress,
    SaleDone,
    SaleReady,
    SaleReleased,
    SaleToWindow,
    TicketPrinting,
)


def code_shown(state: State, event: CodeShown) -> Moved:
    """Pays when a held sale waits for it; at any other time a code means nothing."""
    match state.at, event.code:
        case PayNow(sale_id=str(sale_id)) as now, PaymentCode() as code:
            way = state.house.scans(code.wallet)
            if way is None:
                return _noticed(state, now, DeclineReason.NOT_SUPPORTED), ()
            return _pay(state, now, sale_id, way, code)
        case PayNow(sale_id=str()) as now, NotAPaymentCode(kind):
            return _noticed(state, now, kind), ()
        case _:
            return state, ()


def way_touched(state: State, event: PayTouch) -> Moved:
    """A way without a code was chosen, or the one under way is to be left for another."""
    match event, state.at:
        case WayChosen(method), PayNow(sale_id=str(sale_id)) as now:
            way = next((one for one in state.house.open_ways if one.method == method), None)
            if way is None or way.needs is Needs.SCANNED_CODE:
                return state, ()
            return _pay(state, now, sale_id, way)
        case OtherWayWanted(), PayWaiting() as waiting if waiting.can_stop:
            return replace(state, at=replace(waiting, stopping=True)), (StopPaying(waiting.sale_id),)
        case _:
            return state, ()


def _pay(state: State, now: PayNow, sale_id: str, way: Way, code: PaymentCode | None = None) -> Moved:
    waiting = PayWaiting(now.number, now.quote, sale_id, now.attempt, way, now.rest)
    return moves.to(state, waiting), (Pay(sale_id, way.method, code),)


def answered(state: State, event: SaleAnswered) -> Moved:
    """The sale went on. A sale that became ready after it was given up is cancelled."""
    if event.number != _sale_number(state.at):
        ready = isinstance(event.progress, SaleReady)
        return state, (CancelSale(event.progress.sale_id),) if ready else ()
    match state.at:
        case PayNow() as now:
            return _while_asking(state, now, event.progress)
        case PayWaiting() as waiting:
            return _while_waiting(state, waiting, event.progress), ()
        case _:
            return _issued(state, event.number, event.progress), ()


def _sale_number(step: Step) -> int | None:
    return step.number if isinstance(step, PayNow | PayWaiting | Printing) else None


def _noticed(state: State, now: PayNow, notice: PayNotice) -> State:
    return moves.to(state, replace(now, notice=notice))


def _while_asking(state: State, now: PayNow, progress: Progress) -> Moved:
    match progress:
        case SaleReady(sale_id):
            return replace(state, at=replace(now, sale_id=sale_id)), ()
        case NoPlaces():
            return moves.to_slots(state, gone=True)
        case CannotServe(cause=Fault() as fault):
            return serving(replace(state, house=replace(state.house, fault=fault)))
        case NamesWanted() | PersonHasEnough():
            return moves.back_to_review(state, now.quote), ()
        case CannotServe():
            return serving(replace(state, house=replace(state.house, printer_ready=False)))
        case SaleReleased():
            return moves.back_to_review(state, now.quote), ()
        case _:
            return _issued(state, now.number, progress), ()


def _while_waiting(state: State, at: PayWaiting, progress: Progress) -> State:
    match progress:
        case PaymentWaiting(attempt=attempt, confirm=confirm) if attempt > at.attempt:
            return replace(state, at=replace(at, confirm=confirm, unsure=False))
        case PaymentCodeReady(attempt=attempt, text=text) if attempt > at.attempt:
            return replace(state, at=replace(at, code=text, unsure=False))
        case PaymentStepReached(attempt=attempt, step=step) if attempt > at.attempt:
            return replace(state, at=_stepped(at, step))
        case PaymentUnsure(attempt=attempt) if attempt > at.attempt:
            return replace(state, at=replace(at, unsure=True))
        case PaymentRefused(attempt=attempt, reason=reason) if attempt > at.attempt:
            return _asked_again(state, at, attempt, None if _was_stopped(at, reason) else reason)
        case PaymentUndone(attempt=attempt) if attempt > at.attempt:
            return _asked_again(state, at, attempt, None if at.stopping else Undone.REVERSED)
        case PaymentInPart(attempt=attempt, rest=rest) if attempt > at.attempt:
            return _asked_again(state, replace(at, rest=rest), attempt, None)
        case SaleReleased():
            return moves.back_to_review(state, at.quote)
        case _:
            return _issued(state, at.number, progress)


def _was_stopped(at: PayWaiting, reason: DeclineReason) -> bool:
    """Whether the visitor wanted it so: nothing needs to be said about it."""
    return at.stopping and reason is DeclineReason.CANCELLED


def _asked_again(state: State, at: PayWaiting, attempt: int, notice: PayNotice | None) -> State:
    return moves.to(state, PayNow(at.number, at.quote, at.sale_id, attempt, notice, at.rest))


def _stepped(at: PayWaiting, step: PaymentStep) -> PayWaiting:
    if isinstance(step, CashInserted):
        return replace(at, inserted=step.inserted_minor)
    return replace(at, step=step)


def _issued(state: State, number: int, progress: Progress) -> State:
    """Paid: tickets come, or the window finishes. What belongs to an earlier part of the sale changes nothing."""
    match progress:
        case PaymentDone(tickets=count):
            return moves.to(state, Printing(number, 1, count))
        case TicketPrinting(number=ticket, count=count):
            return _printing(state, Printing(number, ticket, count))
        case PrinterWaits(number=ticket, count=count):
            return _printing(state, Printing(number, ticket, count, waits=True))
        case SaleDone(tickets=count, receipt=receipt):
            return moves.to(state, Take(count, receipt))
        case SaleToWindow(claim_code=code, claim_printed=printed):
            return moves.to(state, ToWindow(code, printed))
        case _:
            return state


def _printing(state: State, printing: Printing) -> State:
    return replace(state, at=printing, over=state.over if isinstance(state.at, Printing) else None)
