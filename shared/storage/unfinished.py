"""The list for a person, from the terminal's database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from shared.domain.canonical import parse_instant
from shared.domain.unfinished import Unfinished, why_cash, why_refund, why_sale
from shared.storage import cash_book, refund_book, sales
from shared.storage.cash_tables import cash_order, cash_row
from shared.storage.tables import journal, refund, refund_row, sale


def unfinished(connection: Connection) -> list[Unfinished]:
    """Sales, refunds and cash orders that a person looks after, the oldest first."""
    found = [*_sales(connection), *_refunds(connection), *_cash(connection)]
    return sorted(found, key=lambda item: (item.since, item.document_id))


def _sales(connection: Connection) -> Iterator[Unfinished]:
    query = select(sale.c.sale_id).where(or_(sale.c.outcome.is_(None), sale.c.outcome == "claim"))
    for sale_id in connection.execute(query).scalars().all():
        state = sales.read(connection, sale_id)
        why = why_sale(state)
        if why is not None:
            last = select(func.max(journal.c.at)).where(journal.c.sale_id == sale_id)
            since = _instant(connection.execute(last).scalar_one())
            yield Unfinished(sale_id, "sale", why, since, state.claim.code if state.claim else "")


def _refunds(connection: Connection) -> Iterator[Unfinished]:
    query = select(refund.c.refund_id).where(or_(refund.c.outcome.is_(None), refund.c.outcome == "claim"))
    for refund_id in connection.execute(query).scalars().all():
        state = refund_book.read(connection, refund_id)
        why = why_refund(state)
        if why is not None:
            joined = refund_row.join(
                journal, (journal.c.epoch == refund_row.c.epoch) & (journal.c.seq == refund_row.c.seq)
            )
            last = select(func.max(journal.c.at)).select_from(joined).where(refund_row.c.refund_id == refund_id)
            since = _instant(connection.execute(last).scalar_one())
            yield Unfinished(refund_id, "refund", why, since, state.claim.code if state.claim else "")


def _cash(connection: Connection) -> Iterator[Unfinished]:
    query = select(cash_order.c.order_no).where(cash_order.c.standing.in_(("open", "claim")))
    for order_no in connection.execute(query).scalars().all():
        state = cash_book.read(connection, order_no)
        why = why_cash(state) if state is not None else None
        if state is not None and why is not None:
            at = (journal.c.epoch == cash_row.c.epoch) & (journal.c.seq == cash_row.c.seq)
            last = select(func.max(journal.c.at)).select_from(cash_row.join(journal, at))
            since = _instant(connection.execute(last.where(cash_row.c.subject == order_no)).scalar_one())
            yield Unfinished(order_no, "cash", why, since, state.claim.code if state.claim else "")


def _instant(text: object) -> datetime:
    return parse_instant(str(text))
