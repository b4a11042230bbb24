"""Sales as their events tell them: opened, paid, closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from central.ingest.misfit import MisfitError
from central.ingest.tickets import sign_ticket, void_ticket
from central.storage.tables import SaleRow
from shared.domain import sale as ev
from shared.domain.journal import JournalEvent


def apply(session: Session, site_id: str, row: JournalEvent, sale_id: str, event: ev.SaleEvent, now: datetime) -> None:
    """Folds one sale event into the tables. Raises MisfitError, with nothing written, when it contradicts them."""
    if isinstance(event, ev.SaleOpened):
        _open(session, site_id, row, sale_id, event)
        return
    sale = session.get(SaleRow, (site_id, sale_id))
    if sale is None or sale.terminal_id != row.terminal_id:
        raise MisfitError("unknown_sale")
    match event:
        case ev.PaymentAnswered(attempt, "paid"):
            sale.paid_attempt, sale.paid_at = attempt, now
        case ev.ReverseAnswered(attempt, "reversed") if sale.paid_attempt == attempt:
            sale.paid_attempt, sale.paid_at = None, None
        case ev.TicketSigned():
            _count_if_free(sale, now)
            sign_ticket(session, sale, event)
        case ev.TicketVoided(ticket_id):
            void_ticket(session, sale, ticket_id)
        case ev.SaleClosed(outcome):
            sale.outcome = outcome
        case _:  # steps between that change no total: holds, submissions, prints, claims
            pass


def _open(session: Session, site_id: str, row: JournalEvent, sale_id: str, event: ev.SaleOpened) -> None:
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
            currency=event.total.currency.code,
            opened_at=row.at,
            paid_attempt=None,
            paid_at=None,
            outcome="",
        )
    )


def _count_if_free(sale: SaleRow, now: datetime) -> None:
    """A sale that costs nothing has no payment: its first ticket makes it a sale."""
    if sale.total_minor == 0 and sale.paid_attempt is None:
        sale.paid_attempt, sale.paid_at = 0, now
