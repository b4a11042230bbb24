"""The ledger beside the journal: each row's entry is the one that the row causes, and there are no others."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

from shared.storage.audit.situations import Postings
from shared.storage.audit.verdict import BrokenError, Place, require, rows

_ENTRIES = "SELECT epoch, seq, subject, reverses_epoch, reverses_seq FROM entry ORDER BY epoch, seq"
_POSTINGS = "SELECT epoch, seq, account, currency, minor FROM posting ORDER BY epoch, seq"


class Books:
    """Reads entries and postings in step with the journal."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._entries = _Ahead("entry", rows(connection, "entry", _ENTRIES))
        self._postings = _Ahead("posting", rows(connection, "posting", _POSTINGS))
        self._last: dict[str, Place] = {}

    def expect(self, key: Place, subject: str, postings: Postings | None, *, reverses: bool) -> None:
        """The journal row of this key causes this entry. Raises BrokenError when another stands there, or none."""
        if postings is None:
            return
        entry, found = self._entries.take(key), self._postings.take(key)
        require(bool(entry), "entry", key, "is missing")
        expected = (subject, *self._last[subject]) if reverses else (subject, None, None)
        require(entry[0][2:] == expected, "entry", key, "is not what the journal says")
        stored = {(row[2], row[3]): row[4] for row in found}
        require(stored == postings, "posting", key, "is not what the journal says")
        self._last[subject] = key

    def accept(self, key: Place) -> None:
        """A row of another kind may have an entry; what can be said of it is whether it balances."""
        if self._entries.take(key):
            sums: Counter[str] = Counter()
            for row in self._postings.take(key):
                sums[row[3]] += row[4]
            require(bool(sums) and not any(sums.values()), "entry", key, "does not balance")

    def forget(self, subject: str) -> None:
        """Nothing of this sale will be reversed any more."""
        self._last.pop(subject, None)

    def finish(self) -> None:
        """Raises BrokenError when there are entries that no row of the journal causes."""
        self._entries.finish()
        self._postings.finish()


class _Ahead:
    """A stream of rows read one ahead, taken by key. A row whose key was passed over is in nobody's place."""

    def __init__(self, table: str, stream: Iterator[Any]) -> None:
        self._table = table
        self._stream = stream
        self._next: Any = next(stream, None)

    def take(self, key: Place) -> list[Any]:
        taken = []
        while self._next is not None and self._next[:2] <= key:
            require(self._next[:2] == key, self._table, self._next[:2], "has no cause in the journal")
            taken.append(self._next)
            self._next = next(self._stream, None)
        return taken

    def finish(self) -> None:
        if self._next is not None:
            raise BrokenError(self._table, self._next[:2], "has no cause in the journal")
