"""Sales in the terminal's database: their events, and what follows from each in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from shared.domain import sale as ev
from shared.domain.posting_rules import entry_for
from shared.domain.sale_codec import decode, encode
from shared.domain.sale_history import HistoryError, follow, replay
from shared.domain.sale_state import Sale
from shared.storage import identity, journal, leases, ledger, promises, tables
from shared.storage.identity_purge import purge_released
from shared.storage.journal import Pen
from shared.storage.sale_memory import SaleMemory

# Built once: putting a statement together takes longer than running it.
_HISTORY = (
    select(tables.journal.c.type, tables.journal.c.body)
    .where(tables.journal.c.sale_id == bindparam("sale_id"))
    .order_by(tables.journal.c.epoch, tables.journal.c.seq)
)


def read(connection: Connection, sale_id: str, memory: SaleMemory | None = None) -> Sale:
    """Raises HistoryError when there is no such sale."""
    known = memory.recall(connection, sale_id) if memory else None
    return known or replay(sale_id, _history(connection, sale_id))


def record(
    connection: Connection,
    pen: Pen,
    at: datetime,
    sale_id: str,
    events: Sequence[ev.SaleEvent],
    memory: SaleMemory | None = None,
) -> Sale:
    """Appends events and returns the sale's state. Raises HistoryError, for the caller to roll back."""
    state = memory.recall(connection, sale_id) if memory else None
    if state is None and (history := _history(connection, sale_id)):
        state = replay(sale_id, history)
    last_hash = b""
    for event in events:
        before, state = state, follow(sale_id, state, event)
        last_hash = _write(connection, pen, at, sale_id, before, event)
    if state is None:
        raise HistoryError("a sale without events")
    if memory:
        memory.keep(state, last_hash)
    return state


def _write(
    connection: Connection, pen: Pen, at: datetime, sale_id: str, before: Sale | None, event: ev.SaleEvent
) -> bytes:
    """One event: its projections, its journal row, whose hash is returned, and its entry in the ledger."""
    _project(connection, sale_id, event)
    kind, body = encode(event)
    seq, digest = journal.append_row(connection, pen, at, kind, body, sale_id)
    _settle_numbers(connection, pen, at, before, event)
    entry = entry_for(before, event)
    if entry is not None:
        ledger.post(connection, pen.epoch, seq, sale_id, entry)
    return digest


def _settle_numbers(connection: Connection, pen: Pen, at: datetime, before: Sale | None, event: ev.SaleEvent) -> None:
    """What becomes of visitors' document numbers when a sale comes to nothing, or a ticket is given back."""
    if before is None:
        return
    match event:
        case ev.SaleClosed("released"):
            purge_released(connection, pen, at, before.sale_id)
        case ev.TicketVoided(ticket_id, _, document_id) if document_id:
            for index in _indices(before, {ticket_id}):
                identity.give_up(connection, before.sale_id, index)


def given_in_exchange(connection: Connection, sale_id: str) -> frozenset[tuple[str, int]]:
    """The tickets that pay for this sale: of which sale, and which of its tickets (index from 0)."""
    prepaid = read(connection, sale_id).opened.prepaid
    if prepaid is None or not prepaid.returns:
        return frozenset()
    earlier = read(connection, prepaid.reference)
    given = {ticket.ticket_id for ticket in prepaid.returns}
    return frozenset((earlier.sale_id, index) for index in _indices(earlier, given))


def _indices(sale: Sale, ticket_ids: Collection[str]) -> list[int]:
    return [ticket.index for ticket in sale.tickets if ticket.ticket_id in ticket_ids]


def _history(connection: Connection, sale_id: str) -> list[ev.SaleEvent]:
    return [decode(row.type, json.loads(row.body)) for row in connection.execute(_HISTORY, {"sale_id": sale_id})]


def _project(connection: Connection, sale_id: str, event: ev.SaleEvent) -> None:
    match event:
        case ev.SaleOpened(prepaid=prepaid):
            connection.execute(tables.sale.insert().values(sale_id=sale_id))
            promises.spend(connection, sale_id, prepaid)
        case ev.TicketSigned(ticket_id=ticket_id):
            connection.execute(tables.ticket.insert().values(ticket_id=ticket_id, sale_id=sale_id))
        case ev.TicketVoided(ticket_id, _, document_id):
            promises.end(connection, ticket_id, document_id or sale_id)
        case ev.SaleReopened():
            _set_outcome(connection, sale_id, None)
        case ev.SaleClosed(outcome):
            _set_outcome(connection, sale_id, outcome)
            if outcome == "released":
                leases.give_back(connection, sale_id)
                promises.release(connection, sale_id)
        case _:
            pass


def _set_outcome(connection: Connection, sale_id: str, outcome: ev.SaleOutcome | None) -> None:
    row = update(tables.sale).where(tables.sale.c.sale_id == sale_id)
    connection.execute(row.values(outcome=outcome))
