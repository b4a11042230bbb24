"""The sales as the journal tells them: every history possible, every end lawful, and all tables what it adds up to."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from shared.domain import sale as ev
from shared.domain.posting_rules import entry_for
from shared.domain.sale_codec import SALE_EVENT_TYPES, decode
from shared.domain.sale_history import follow, replay
from shared.domain.sale_state import Sale
from shared.domain.sale_steps import Close, next_step
from shared.storage.audit.books import Books
from shared.storage.audit.places import Places
from shared.storage.audit.verdict import BrokenError, require, rows

_ROWS = "SELECT epoch, seq, type, sale_id, body FROM journal ORDER BY epoch, seq"
_BEFORE = """SELECT type, body FROM journal WHERE sale_id = ? AND (epoch, seq) < (?, ?) ORDER BY epoch, seq"""
_SALES = "SELECT sale_id, outcome FROM sale ORDER BY sale_id"


def check_sales(connection: sqlite3.Connection, places: Places) -> None:
    """Raises BrokenError at the first row that cannot have happened, or that a table does not agree with."""
    told = _Told(connection, places, Books(connection))
    for row in rows(connection, "journal", _ROWS):
        told.read(*row)
    told.compare()


class _Told:
    """The sales so far: those under way whole, of those that ended only how."""

    def __init__(self, connection: sqlite3.Connection, places: Places, books: Books) -> None:
        self._connection = connection
        self._places = places
        self._books = books
        self._open: dict[str, Sale] = {}
        self._outcomes: dict[str, str | None] = {}

    def read(self, epoch: int, seq: int, kind: str, sale_id: str | None, text: str) -> None:
        """One row of the journal."""
        try:
            body = json.loads(text)
            require(body.get("sale_id") == sale_id, "journal", (epoch, seq), "is filed under another sale")
            if kind in SALE_EVENT_TYPES and sale_id is not None:
                self._follow(epoch, seq, sale_id, decode(kind, body))
            else:
                self._books.accept((epoch, seq))
        except ValueError as error:
            raise BrokenError("journal", (epoch, seq), f"cannot have happened: {error}") from error

    def _follow(self, epoch: int, seq: int, sale_id: str, event: ev.SaleEvent) -> None:
        before = self._before(epoch, seq, sale_id)
        after = follow(sale_id, before, event)
        self._books.expect((epoch, seq), sale_id, entry_for(before, event))
        match event:
            case ev.PlacesHeld(units):
                self._places.hold(epoch, seq, sale_id, after.opened.slot, units)
            case ev.SaleClosed(outcome):
                lawful = outcome == "released" or (before is not None and next_step(before) == Close(outcome))
                require(lawful, "journal", (epoch, seq), f"the sale could not end as {outcome}")
                self._places.close(sale_id, released=outcome == "released")
        self._keep(sale_id, after)

    def _before(self, epoch: int, seq: int, sale_id: str) -> Sale | None:
        if sale_id in self._open or sale_id not in self._outcomes:
            return self._open.get(sale_id)
        # Something befalls a sale that had ended: rare enough to read its history again.
        history = self._connection.execute(_BEFORE, (sale_id, epoch, seq))
        return replay(sale_id, (decode(kind, json.loads(text)) for kind, text in history))

    def _keep(self, sale_id: str, sale: Sale) -> None:
        self._outcomes[sale_id] = sale.outcome
        if sale.outcome is None:
            self._open[sale_id] = sale
        else:
            self._open.pop(sale_id, None)
            self._books.forget(sale_id)

    def compare(self) -> None:
        """Raises BrokenError for the first table that is not what the journal adds up to."""
        self._books.finish()
        for sale_id, outcome in rows(self._connection, "sale", _SALES):
            told: Any = self._outcomes.pop(sale_id, "no such sale")
            require(told == outcome, "sale", sale_id, "is not what the journal says")
        for sale_id in sorted(self._outcomes)[:1]:
            raise BrokenError("sale", sale_id, "is missing")
        self._places.compare(self._connection)
