"""The cash machine's book in the terminal's database. What a call returns is already on the disk."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from shared.domain.canonical import parse_instant
from shared.domain.cash import CashHeard, OrderEvent, Pieces
from shared.domain.cash_codec import CASH, ORDER, CashEvent
from shared.domain.cash_history import follow_cash
from shared.domain.cash_inventory import DeviceStanding, moved, standings_after
from shared.domain.cash_order import CashOrder
from shared.domain.cash_postings import cash_entry
from shared.domain.cash_upkeep import CashDiscrepancy, CashEmptied, DeviceMet, UpkeepEvent
from shared.domain.clock import Clock
from shared.domain.money import Currency, Money
from shared.storage import journal, ledger, tables
from shared.storage.cash_tables import cash_device, cash_heard, cash_order, cash_row, cash_stock
from shared.storage.database import Database
from shared.storage.journal import Pen

_UPKEEP = "upkeep"  # the subject of what belongs to no order and no single device
_ROWS = (
    select(tables.journal.c.type, tables.journal.c.body, tables.journal.c.at)
    .join(cash_row, (cash_row.c.epoch == tables.journal.c.epoch) & (cash_row.c.seq == tables.journal.c.seq))
    .order_by(tables.journal.c.epoch, tables.journal.c.seq)
)
_HISTORY = _ROWS.where(cash_row.c.subject == bindparam("subject"))


class CashBook:
    """Implements `shared.selling.cash_ports.CashStore`: each call is one durable transaction."""

    def __init__(self, database: Database, pen: Pen, clock: Clock) -> None:
        self._database = database
        self._pen = pen
        self._clock = clock

    def record(self, order_no: str, *events: OrderEvent) -> CashOrder:
        """Appends events to an order and returns its state. Raises HistoryError, nothing of it written."""

        def work(connection: Connection) -> CashOrder:
            order = read(connection, order_no)
            for event in events:
                after = follow_cash(order_no, order, event)
                self._write(connection, order_no, order, event)
                order = _stand(connection, after)
            if order is None:
                raise ValueError("an order without events")
            return order

        return self._database.run(work)

    def keep(self, *events: UpkeepEvent | CashHeard) -> None:
        """Appends what belongs to no order. Raises HistoryError, nothing of it written."""

        def work(connection: Connection) -> None:
            for event in events:
                self._write(connection, "", None, event)

        self._database.run(work)

    def order(self, order_no: str) -> CashOrder | None:
        return self._database.run(lambda connection: read(connection, order_no))

    def open_orders(self) -> Sequence[str]:
        """Orders without an end, in the order of their beginning."""
        return self._database.run(lambda connection: _standing_as(connection, "open"))

    def claimed_orders(self) -> Sequence[str]:
        """Orders of which something is still owed to the bearer of a claim slip."""
        return self._database.run(lambda connection: _standing_as(connection, "claim"))

    def begun_at(self, order_no: str) -> datetime:
        """When an order was opened (UTC), as the journal says."""
        query = _HISTORY.limit(1)
        first = self._database.run(lambda connection: connection.execute(query, {"subject": order_no}).first())
        if first is None:
            raise ValueError("there is no such order")
        return parse_instant(first.at)

    def standing(self, device: str) -> DeviceStanding | None:
        """How far a device was heard; None when it was never met."""
        return self._database.run(lambda connection: _standings(connection).get(device))

    def stock(self) -> Mapping[str, Mapping[Money, int]]:
        """By place: how many pieces of each value the book has there; what is 0 is left out."""

        def work(connection: Connection) -> Mapping[str, Mapping[Money, int]]:
            found: dict[str, dict[Money, int]] = defaultdict(dict)
            for row in connection.execute(select(cash_stock).where(cash_stock.c.pieces != 0)):
                found[row.place][Money(row.minor, Currency(row.currency))] = row.pieces
            return found

        return self._database.run(work)

    def discrepancies(self) -> Sequence[CashDiscrepancy]:
        """Every difference between book and devices that was ever found, the oldest first."""
        query = _ROWS.where(tables.journal.c.type == CashDiscrepancy.type)
        rows = self._database.run(lambda connection: connection.execute(query).all())
        events = (CASH.decode(row.type, json.loads(row.body)) for row in rows)
        return [event for event in events if isinstance(event, CashDiscrepancy)]

    def _write(self, connection: Connection, order_no: str, before: CashOrder | None, event: CashEvent) -> None:
        """One event: its journal row, its entry in the ledger, and what it changes in stock and devices."""
        kind, body = CASH.encode(event)
        body = {"order_no": order_no, **body} if order_no else body
        seq = journal.append(connection, self._pen, self._clock.now(), kind, body)
        at = {"epoch": self._pen.epoch, "seq": seq}
        subject = subject_of(order_no, event)
        connection.execute(cash_row.insert().values(**at, subject=subject))
        for device, standing in standings_after(_standings(connection), before, event).items():
            _put_device(connection, device, standing)
        if isinstance(event, CashHeard):
            connection.execute(
                cash_heard.insert().values(device=event.device, boot=event.boot, heard=event.heard, **at)
            )
        for pieces in moved(before, event):
            _put_pieces(connection, pieces)
        entry = cash_entry(before, event)
        if entry is not None:
            ledger.post(connection, self._pen.epoch, seq, subject, entry)


def subject_of(order_no: str, event: CashEvent) -> str:
    """What a row is filed under: its order, else its device, else the upkeep as a whole."""
    match event:
        case CashDiscrepancy(device=device) | CashHeard(device=device) | DeviceMet(device=device):
            return order_no or f"device {device}"
        case CashEmptied(place=place):
            return f"device {place.partition(':')[2]}"
        case _:
            return order_no or _UPKEEP


def read(connection: Connection, order_no: str) -> CashOrder | None:
    """The order as its rows tell it; None when there is no such order."""
    order: CashOrder | None = None
    for row in connection.execute(_HISTORY, {"subject": order_no}):
        order = follow_cash(order_no, order, ORDER.decode(row.type, json.loads(row.body)))
    return order


def _standings(connection: Connection) -> Mapping[str, DeviceStanding]:
    rows = connection.execute(select(cash_device))
    return {row.device: DeviceStanding(row.boot, row.heard, row.total) for row in rows}


def _standing_as(connection: Connection, standing: str) -> Sequence[str]:
    query = select(cash_order.c.order_no).where(cash_order.c.standing == standing)
    return connection.execute(query).scalars().all()


def _stand(connection: Connection, order: CashOrder) -> CashOrder:
    row = insert(cash_order).values(order_no=order.order_no, standing=order.standing)
    update = row.on_conflict_do_update(index_elements=["order_no"], set_={"standing": order.standing})
    connection.execute(update)
    return order


def _put_device(connection: Connection, device: str, standing: DeviceStanding) -> None:
    values = {"boot": standing.boot, "heard": standing.heard, "total": standing.total}
    row = insert(cash_device).values(device=device, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["device"], set_=values))


def _put_pieces(connection: Connection, pieces: Pieces) -> None:
    key = {"place": pieces.place, "currency": pieces.value.currency.code, "minor": pieces.value.minor}
    row = insert(cash_stock).values(**key, pieces=pieces.count)
    more = {"pieces": cash_stock.c.pieces + pieces.count}
    connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=more))
