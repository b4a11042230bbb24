"""When a sale is sold: its paid attempts and what was paid before it make up its total."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.storage.tables import PaymentRow, SaleRow
from central.storage.tables.aftersales import PAID
from shared.domain.sale import PaymentCreated


def create_payment(session: Session, sale: SaleRow, event: PaymentCreated) -> None:
    """An attempt has its order number."""
    session.add(
        PaymentRow(
            site_id=sale.site_id,
            sale_id=sale.sale_id,
            attempt=event.attempt,
            method=event.method,
            amount_minor=event.amount.minor,
            state="created",
        )
    )


def pay(session: Session, sale: SaleRow, attempt: int, now: datetime) -> None:
    """An attempt was paid. One whose beginning is not known here pays for the whole."""
    payment = session.get(PaymentRow, (sale.site_id, sale.sale_id, attempt))
    if payment is not None:
        payment.state = PAID
    left = sale.total_minor - sale.prepaid_minor
    if payment is None or payment.amount_minor >= left or _collected(session, sale) >= left:
        sale.paid_attempt, sale.paid_at = attempt, now


def pay_back(session: Session, sale: SaleRow, attempt: int, state: str) -> None:
    """An attempt was reversed or refunded: a sale that it paid for is none any more."""
    payment = session.get(PaymentRow, (sale.site_id, sale.sale_id, attempt))
    was_paid = sale.paid_attempt == attempt or (payment is not None and payment.state == PAID)
    if payment is not None:
        payment.state = state
    if was_paid:
        sale.paid_attempt, sale.paid_at = None, None


def count_if_prepaid(sale: SaleRow, now: datetime) -> None:
    """A sale that needs no payment has none: its first ticket makes it a sale."""
    if sale.total_minor <= sale.prepaid_minor and sale.paid_attempt is None:
        sale.paid_attempt, sale.paid_at = 0, now


def _collected(session: Session, sale: SaleRow) -> int:
    session.flush()
    query = select(func.sum(PaymentRow.amount_minor)).filter_by(site_id=sale.site_id, sale_id=sale.sale_id, state=PAID)
    return int(session.scalar(query) or 0)
