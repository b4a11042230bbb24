"""Protected document numbers as the journal tells them: which were stored, which were purged, and with what proof.

A backup holds none of them, so what was stored before a restored epoch's end is gone with it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from shared.security.fields import RecordId
from shared.storage.audit.verdict import Place, require, rows, same
from shared.storage.identity import STORED
from shared.storage.identity_purge import PURGED, proof_of

_NUMBERS = """SELECT sale_id, ticket_index, purpose, counts_on, key_version, purge_after, counts
              FROM protected_number ORDER BY sale_id, ticket_index, purpose"""
_RESTORED = "SELECT epoch FROM epoch WHERE closed_because = 'restored'"

_Row = tuple[str, int, str]
_Kept = tuple[str, int, str, int]  # counts_on, key_version, purge_after, counts


class Numbers:
    """Follows every row of `protected_number`."""

    types = frozenset({STORED, PURGED})

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._restored = {epoch for (epoch,) in connection.execute(_RESTORED)}
        self._epoch = 0
        self._kept: dict[_Row, _Kept] = {}
        self._of_sale: defaultdict[str, set[_Row]] = defaultdict(set)
        self._place_of: dict[str, tuple[str, int]] = {}

    def read(self, at: Place, kind: str, body: Mapping[str, Any]) -> None:
        """One row of the journal. Raises BrokenError and ValueError for what cannot have been."""
        self._enter(at[0])
        if kind == STORED:
            sale_id, index, purpose = body["row"]
            require((sale_id, index, purpose) not in self._kept, "journal", at, "stores a number a second time")
            self._kept[sale_id, index, purpose] = body["counts_on"], body["key_version"], body["purge_after"], 1
            self._of_sale[sale_id].add((sale_id, index, purpose))
        else:
            self._purge(at, body)

    def sign(self, sale_id: str, index: int, ticket_id: str) -> None:
        """A ticket exists: for the few sales in names it is remembered in whose place."""
        if sale_id in self._of_sale:
            self._place_of[ticket_id] = sale_id, index

    def end(self, ticket_id: str) -> None:
        """A ticket was given back or exchanged: its person is counted no longer."""
        sale_id, index = self._place_of.get(ticket_id, ("", -1))
        for row in self._of_sale.get(sale_id, ()):
            if row[1] == index and row in self._kept:
                self._kept[row] = (*self._kept[row][:3], 0)

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError for the first row of the table that is not what the journal says."""
        if self._epoch in self._restored:
            self._kept.clear()
        stored = {_name(row[:3]): row[3:] for row in rows(connection, "protected_number", _NUMBERS)}
        same("protected_number", stored, {_name(row): kept for row, kept in self._kept.items()})

    def _enter(self, epoch: int) -> None:
        if self._epoch in self._restored and epoch > self._epoch:
            self._kept.clear()
        self._epoch = epoch

    def _purge(self, at: Place, body: Mapping[str, Any]) -> None:
        gone = [row for row, kept in self._kept.items() if _is_due(body, row, kept)]
        versions = sorted({self._kept[row][1] for row in gone})
        proof = proof_of(RecordId(*row) for row in gone)
        said = body["count"], body["proof"], body["key_versions"]
        require(said == (len(gone), proof, versions), "journal", at, "purges other numbers than were due")
        for row in gone:
            del self._kept[row]


def _is_due(body: Mapping[str, Any], row: _Row, kept: _Kept) -> bool:
    return bool(row[0] == body["subject"] if body["reason"] == "released" else kept[2] < body["subject"])


def _name(row: tuple[Any, ...]) -> str:
    return f"{row[0]}, {row[1]}, {row[2]}"
