"""From the payment code to the last ticket. An answer of another sale or an attempt that is over is dropped."""

from __future__ import annotations

from dataclasses import replace

from drivers.contracts.payment import DeclineReason
from kiosk.journeys import moves
from kiosk.journeys.effects import CancelSale, Pay
from kiosk.journeys.events import CodeShown, SaleAnswered
from kiosk.journeys.moves import Moved
from kiosk.journeys.states import PayNotice, PayNow, PayWaiting, Printing, State, Step, Take, ToWindow, Undone
from kiosk.journeys.surroundings import serving
from shared.domain.payment_code import NotAPaymentCode, PaymentCode
from shared.selling.progress import (
    CannotServe,
    NoPlaces,
    PaymentDone,
    PaymentRefused,
    PaymentUndone,
    PaymentUnsure,
    PaymentWaiting,
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
        case PayNow(sale_id=str(sale_id)) as now, PaymentCode() as code if code.wallet in state.house.wallets:
            waiting = PayWaiting(now.number, now.quote, sale_id, now.attempt)
            return moves.to(state, waiting), (Pay(sale_id, code),)
        case PayNow(sale_id=str()) as now, PaymentCode():
            return _noticed(state, now, DeclineReason.NOT_SUPPORTED), ()
        case PayNow(sale_id=str()) as now, NotAPaymentCode(kind):
            return _noticed(state, now, kind), ()
        case _:
            return state, ()


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
        case PaymentUnsure(attempt=attempt) if attempt > at.attempt:
            return replace(state, at=replace(at, unsure=True))
        case PaymentRefused(attempt=attempt, reason=reason) if attempt > at.attempt:
            return moves.to(state, PayNow(at.number, at.quote, at.sale_id, attempt, reason))
        case PaymentUndone(attempt=attempt) if attempt > at.attempt:
            return moves.to(state, PayNow(at.number, at.quote, at.sale_id, attempt, Undone.REVERSED))
        case SaleReleased():
            return moves.back_to_review(state, at.quote)
        case _:
            return _issued(state, at.number, progress)


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
