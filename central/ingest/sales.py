"""Sales as their events tell them: opened, paid, closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from central.bookings.collections import begin_sale, count_collected
from central.ingest.misfit import MisfitError
from central.ingest.payments import count_if_prepaid, create_payment, pay, pay_back
from central.ingest.tickets import sign_ticket, void_ticket
from central.storage.tables import ClaimRow, SaleRow
from shared.domain import sale as ev
from shared.domain.journal import JournalEvent

# Steps between that change no total; an event of a sale that is not known here is told of by its others.
WITHOUT_EFFECT = (
    ev.PlacesHeld,
    ev.PaymentSubmitted,
    ev.ReverseSubmitted,
    ev.RefundSubmitted,
    ev.PrintSubmitted,
    ev.PrintAnswered,
)


def apply(session: Session, site_id: str, row: JournalEvent, sale_id: str, event: ev.SaleEvent, now: datetime) -> str:
    """Folds one sale event into the tables; returns a remark for a person, mostly empty.

    Raises MisfitError, with nothing written, when the event contradicts the tables.
    """
    if isinstance(event, ev.SaleOpened):
        return _open(session, site_id, row, sale_id, event)
    sale = session.get(SaleRow, (site_id, sale_id))
    if sale is None or sale.terminal_id != row.terminal_id:
        raise MisfitError("unknown_sale")
    match event:
        case ev.PaymentCreated():
            create_payment(session, sale, event)
        case ev.PaymentAnswered(attempt, "paid"):
            pay(session, sale, attempt, now)
        case ev.ReverseAnswered(attempt, "reversed" as state) | ev.RefundAnswered(attempt, "refunded" as state):
            pay_back(session, sale, attempt, state)
        case ev.TicketSigned():
            count_if_prepaid(sale, now)
            remark = sign_ticket(session, sale, event)
            return remark or (count_collected(session, sale, now) if sale.booking_id else "")
        case ev.TicketVoided():
            void_ticket(session, sale, event)
        case ev.SaleClosed(outcome):
            sale.outcome = outcome
        case ev.ClaimIssued() | ev.ClaimHonoured():
            _claim(session, sale, event, now)
        case _:  # steps between that change no total: answers that decide nothing
            pass
    return ""


def _open(session: Session, site_id: str, row: JournalEvent, sale_id: str, event: ev.SaleOpened) -> str:
    if session.get(SaleRow, (site_id, sale_id)) is not None:
        raise MisfitError("sale_opened_twice")
    session.add(
        SaleRow(
            site_id=site_id,
            sale_id=sale_id,
            terminal_id=row.terminal_id,
            slot=event.slot,
            product_id=event.product_id,
            language=event.language,
            channel=event.channel,
            offline=event.offline,
            total_minor=event.total.minor,
            booking_id=_booking_of(event),
            prepaid_minor=event.prepaid.amount.minor if event.prepaid else 0,
            currency=event.total.currency.code,
            opened_at=row.at,
            paid_attempt=None,
            paid_at=None,
            outcome="",
        )
    )
    booking_id = _booking_of(event)
    return begin_sale(session, site_id, sale_id, row.terminal_id, booking_id) if booking_id else ""


def _booking_of(event: ev.SaleOpened) -> str:
    """The booking that pays for the sale; empty when none does."""
    return event.prepaid.reference if event.prepaid is not None and event.prepaid.kind == "booking" else ""


def _claim(session: Session, sale: SaleRow, event: ev.ClaimIssued | ev.ClaimHonoured, now: datetime) -> None:
    claim = session.get(ClaimRow, (sale.site_id, sale.sale_id))
    if isinstance(event, ev.ClaimIssued):
        if claim is not None:
            raise MisfitError("claimed_twice")
        subject, code, reason = sale.sale_id, event.code, event.reason
        session.add(ClaimRow(site_id=sale.site_id, subject=subject, sale_id=subject, code=code, reason=reason))
    elif claim is None or claim.honoured_at is not None:
        raise MisfitError("claim_honoured_twice" if claim else "unknown_claim")
    else:
        claim.honoured_at = now
