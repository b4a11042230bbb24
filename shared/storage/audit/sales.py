"""The sales as the journal tells them: every history possible, every end lawful, and all tables what it adds up to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.cash_codec import CASH
from shared.domain.refund_codec import REFUND
from shared.domain.sale_codec import SALE_EVENT_TYPES, decode
from shared.domain.sale_history import replay
from shared.storage.audit.books import Books
from shared.storage.audit.cash import Cash
from shared.storage.audit.days import Days
from shared.storage.audit.numbers import Numbers
from shared.storage.audit.places import Places
from shared.storage.audit.promises import Promises
from shared.storage.audit.refunds import Refunds
from shared.storage.audit.shifts import Shifts
from shared.storage.audit.situations import Situations, Story, Turn, postings_of
from shared.storage.audit.verdict import BrokenError, Place, require, rows

_ROWS = "SELECT epoch, seq, type, sale_id, body FROM journal ORDER BY epoch, seq"
_BEFORE = """SELECT type, body FROM journal WHERE sale_id = ? AND (epoch, seq) < (?, ?) ORDER BY epoch, seq"""
_SALES = "SELECT sale_id, outcome FROM sale ORDER BY sale_id"

_read_json = json.JSONDecoder().raw_decode  # what `json.loads` does, without looking for spaces around


def check_sales(connection: sqlite3.Connection, places: Places) -> None:
    """Raises BrokenError at the first row that cannot have happened, or that a table does not agree with."""
    told = _Told(connection, places, Books(connection))
    for row in rows(connection, "journal", _ROWS):
        told.read(*row)
    told.compare()


@dataclass(slots=True)
class _Sale:
    story: Story
    slot: str = ""


class _Told:
    """The sales so far: those under way whole, of those that ended only how."""

    def __init__(self, connection: sqlite3.Connection, places: Places, books: Books) -> None:
        self._connection = connection
        self._places = places
        self._books = books
        self._promises = Promises()
        self._refunds = Refunds()
        self._cash = Cash()
        self._shifts = Shifts(connection)
        self._days = Days()
        self._numbers = Numbers(connection)
        self._situations = Situations()
        self._open: dict[str, _Sale] = {}
        self._outcomes: dict[str, str | None] = {}

    def read(self, epoch: int, seq: int, kind: str, sale_id: str | None, text: str) -> None:
        """One row of the journal."""
        at = (epoch, seq)
        try:
            body, _ = _read_json(text)
            require(body.get("sale_id") == sale_id, "journal", at, "is filed under another sale")
            if kind in SALE_EVENT_TYPES and sale_id is not None:
                self._follow(at, sale_id, kind, body)
            elif kind in REFUND.types:
                self._refund(at, kind, body)
            elif kind in CASH.types or kind in Shifts.types:
                told = self._cash if kind in CASH.types else self._shifts
                subject, entry = told.read(at, kind, body)
                self._books.expect(at, subject, postings_of(entry), reverses=False)
            else:
                self._other(at, kind, body)
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise BrokenError("journal", at, f"cannot have happened: {error}") from error

    def _other(self, at: Place, kind: str, body: Mapping[str, Any]) -> None:
        for records in (self._days, self._numbers):
            if kind in records.types:
                records.read(at, kind, body)
        self._books.accept(at)

    def _follow(self, at: Place, sale_id: str, kind: str, body: Mapping[str, Any]) -> None:
        sale = self._open.get(sale_id) or self._before(at, sale_id)
        turn = self._situations.tell(sale.story, kind, body)
        self._books.expect(at, sale_id, turn.postings, reverses=turn.reverses)
        match kind:
            case "sale.opened":
                sale.slot = body["slot"]
                self._promises.open_sale(at, sale_id, body.get("prepaid"))
            case "sale.places_held":
                units = [(bytes.fromhex(unit["lease_id"]), unit["k"]) for unit in body["units"]]
                self._places.hold(at, sale_id, sale.slot, units)
            case "sale.ticket_signed":
                self._promises.sign(at, sale_id, body["ticket_id"])
                self._numbers.sign(sale_id, body["index"], body["ticket_id"])
            case "sale.ticket_voided":
                self._promises.promise(at, body["ticket_id"], body.get("document_id") or sale_id)
                if body.get("document_id"):
                    self._numbers.end(body["ticket_id"])
        self._keep(sale_id, sale, turn)

    def _refund(self, at: Place, kind: str, body: Mapping[str, Any]) -> None:
        sale = replay(body["of_sale"], (decode(k, b) for k, b in self._history(at, body["of_sale"])))
        entry = self._refunds.read(at, sale, kind, body)
        self._books.expect(at, body["refund_id"], postings_of(entry), reverses=False)

    def _before(self, at: Place, sale_id: str) -> _Sale:
        sale = _Sale(self._situations.begin())
        if sale_id in self._outcomes:
            # Something befalls a sale that had ended: rare enough to read its history again.
            for kind, body in self._history(at, sale_id):
                self._situations.tell(sale.story, kind, body)
        return sale

    def _history(self, at: Place, sale_id: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for kind, text in self._connection.execute(_BEFORE, (sale_id, *at)):
            yield kind, json.loads(text)

    def _keep(self, sale_id: str, sale: _Sale, turn: Turn) -> None:
        outcome = turn.situation.sale.outcome if turn.situation.sale else None
        if outcome is None:
            self._open[sale_id] = sale
        elif self._open.pop(sale_id, None):
            self._places.close(sale_id, released=outcome == "released")
            self._promises.end_sale(sale_id, released=outcome == "released")
            self._books.forget(sale_id)
        self._outcomes[sale_id] = outcome

    def compare(self) -> None:
        """Raises BrokenError for the first table that is not what the journal adds up to."""
        self._books.finish()
        for sale_id, outcome in rows(self._connection, "sale", _SALES):
            told: Any = self._outcomes.pop(sale_id, "no such sale")
            require(told == outcome, "sale", sale_id, "is not what the journal says")
        for sale_id in sorted(self._outcomes)[:1]:
            raise BrokenError("sale", sale_id, "is missing")
        documents = (self._promises, self._refunds, self._cash, self._shifts)
        for projection in (self._places, *documents, self._days, self._numbers):
            projection.compare(self._connection)
