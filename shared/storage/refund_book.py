"""Refunds in the terminal's database. What a call returns is already on the disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from shared.domain import refund as ev
from shared.domain.canonical import parse_instant
from shared.domain.clock import Clock
from shared.domain.refund_codec import REFUND
from shared.domain.refund_history import replay_refund
from shared.domain.refund_postings import refund_entry
from shared.domain.refund_state import Refund
from shared.domain.sale import SaleEvent
from shared.domain.sale_errors import HistoryError
from shared.storage import journal, ledger, sales, tables
from shared.storage.database import Database
from shared.storage.journal import Pen


class RefundBook:
    """Implements `shared.selling.ports.Refunds`: each call is one durable transaction."""

    def __init__(self, database: Database, pen: Pen, clock: Clock) -> None:
        self._database = database
        self._pen = pen
        self._clock = clock

    def record(
        self,
        refund_id: str,
        sale_id: str,
        *events: ev.RefundEvent,
        of_sales: Mapping[str, Sequence[SaleEvent]] | None = None,
    ) -> Refund:
        """Appends events to a refund, and to sales with it. Raises HistoryError, nothing of it written."""

        def work(connection: Connection) -> Refund:
            for name, sale_events in (of_sales or {}).items():
                sales.record(connection, self._pen, self._clock.now(), name, sale_events)
            for event in events:
                self._write(connection, refund_id, sale_id, event)
            return read(connection, refund_id)

        return self._database.run(work)

    def refund(self, refund_id: str) -> Refund:
        """Raises HistoryError when there is no such refund."""
        return self._database.run(lambda connection: read(connection, refund_id))

    def open_refunds(self) -> Sequence[str]:
        """Ids of the refunds without an end."""
        query = select(tables.refund.c.refund_id).where(tables.refund.c.outcome.is_(None))
        return self._database.run(lambda c: c.execute(query.order_by(tables.refund.c.refund_id)).scalars().all())

    def sale_of(self, ticket_id: str) -> str | None:
        """The sale that a ticket was signed for; None when it was not signed here."""
        query = select(tables.ticket.c.sale_id).where(tables.ticket.c.ticket_id == ticket_id)
        return self._database.run(lambda connection: connection.execute(query).scalar())

    def promised_to(self, ticket_id: str) -> str | None:
        """The document that ended the ticket or is about to; None when it is free."""
        query = select(tables.ticket.c.promised_to).where(tables.ticket.c.ticket_id == ticket_id)
        return self._database.run(lambda connection: connection.execute(query).scalar())

    def collected_by(self, booking_id: str) -> str | None:
        """The sale that issued a booking's tickets, or is about to."""
        query = select(tables.booking.c.sale_id).where(tables.booking.c.booking_id == booking_id)
        return self._database.run(lambda connection: connection.execute(query).scalar())

    def paid_back(self, sale_id: str, order_no: str) -> int:
        """What refunds of a sale took out of an order so far, answered or not; minor units."""
        own, of = tables.payout.c, tables.refund.c
        joined = tables.payout.join(tables.refund, own.refund_id == of.refund_id)
        query = select(func.coalesce(func.sum(own.minor), 0)).select_from(joined)
        query = query.where(own.order_no == order_no, of.sale_id == sale_id)
        return self._database.run(lambda connection: int(connection.execute(query).scalar_one()))

    def begun_at(self, sale_id: str) -> datetime:
        """When a sale was opened (UTC), as the journal says."""
        query = select(func.min(tables.journal.c.at)).where(tables.journal.c.sale_id == sale_id)
        return parse_instant(self._database.run(lambda connection: str(connection.execute(query).scalar_one())))

    def _write(self, connection: Connection, refund_id: str, sale_id: str, event: ev.RefundEvent) -> None:
        """One event: its journal row, its projections and its entry in the ledger."""
        if isinstance(event, ev.RefundQueued | ev.RefundOpened) and _sale_of(connection, refund_id) is None:
            connection.execute(tables.refund.insert().values(refund_id=refund_id, sale_id=sale_id))
        before = _history(connection, refund_id)
        replay_refund(refund_id, sale_id, [*before, event])
        kind, body = REFUND.encode(event)
        body = {"refund_id": refund_id, "of_sale": sale_id, **body}
        seq = journal.append(connection, self._pen, self._clock.now(), kind, body)
        row = tables.refund_row.insert().values(refund_id=refund_id, epoch=self._pen.epoch, seq=seq)
        connection.execute(row)
        _project(connection, refund_id, event)
        state = replay_refund(refund_id, sale_id, before) if before else None
        entry = refund_entry(sales.read(connection, sale_id), state, event)
        if entry is not None:
            ledger.post(connection, self._pen.epoch, seq, refund_id, entry)


def read(connection: Connection, refund_id: str) -> Refund:
    """Raises HistoryError when there is no such refund."""
    sale_id = _sale_of(connection, refund_id)
    if sale_id is None:
        raise HistoryError("there is no such refund")
    return replay_refund(refund_id, sale_id, _history(connection, refund_id))


def _sale_of(connection: Connection, refund_id: str) -> str | None:
    query = select(tables.refund.c.sale_id).where(tables.refund.c.refund_id == refund_id)
    return connection.execute(query).scalar()


def _history(connection: Connection, refund_id: str) -> list[ev.RefundEvent]:
    row, own = tables.journal.c, tables.refund_row.c
    joined = tables.refund_row.join(tables.journal, (row.epoch == own.epoch) & (row.seq == own.seq))
    query = select(row.type, row.body).select_from(joined).where(own.refund_id == refund_id)
    return [REFUND.decode(r.type, json.loads(r.body)) for r in connection.execute(query.order_by(row.epoch, row.seq))]


def _project(connection: Connection, refund_id: str, event: ev.RefundEvent) -> None:
    match event:
        case ev.RefundOpened(payouts=payouts, credits=moved):
            for payout in (*payouts, *moved):
                row = {"refund_no": payout.refund_no, "order_no": payout.order_no, "minor": payout.amount.minor}
                connection.execute(tables.payout.insert().values(refund_id=refund_id, **row))
        case ev.RefundClosed(outcome):
            closed = update(tables.refund).where(tables.refund.c.refund_id == refund_id)
            connection.execute(closed.values(outcome=outcome))
        case _:
            pass
