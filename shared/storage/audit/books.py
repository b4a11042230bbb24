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
        self._standing: dict[str, list[tuple[Place, Postings]]] = {}

    def expect(self, key: Place, subject: str, postings: Postings | None, *, reverses: bool) -> None:
        """The journal row of this key causes this entry. Raises BrokenError when another stands there, or none."""
        if postings is None:
            return
        entry, found = self._entries.take(key), self._postings.take(key)
        require(bool(entry), "entry", key, "is missing")
        standing = self._standing.setdefault(subject, [])
        expected = (subject, *_reversed(standing, postings)) if reverses else (subject, None, None)
        require(entry[0][2:] == expected, "entry", key, "is not what the journal says")
        stored = {(row[2], row[3]): row[4] for row in found}
        require(stored == postings, "posting", key, "is not what the journal says")
        if not reverses:
            standing.append((key, postings))

    def accept(self, key: Place) -> None:
        """A row of another kind may have an entry; what can be said of it is whether it balances."""
        if self._entries.take(key):
            sums: Counter[str] = Counter()
            for row in self._postings.take(key):
                sums[row[3]] += row[4]
            require(bool(sums) and not any(sums.values()), "entry", key, "does not balance")

    def forget(self, subject: str) -> None:
        """Nothing of this sale will be reversed any more."""
        self._standing.pop(subject, None)

    def finish(self) -> None:
        """Raises BrokenError when there are entries that no row of the journal causes."""
        self._entries.finish()
        self._postings.finish()


def _reversed(standing: list[tuple[Place, Postings]], postings: Postings) -> Place:
    """Takes out the last entry that these postings take back. Raises ValueError when there is none."""
    wanted = {account: -minor for account, minor in postings.items()}
    for index in range(len(standing) - 1, -1, -1):
        if standing[index][1] == wanted:
            return standing.pop(index)[0]
    raise ValueError("there is nothing to reverse")


class _Ahead:
    """A stream of rows read one ahead, taken by key. A row whose key was passed over is in nobody's place."""

    def __init__(self, table: str, stream: Iterator[Any]) -> None:
        self._table = table
        self._stream = stream
        self._next: Any = next(stream, None)

    def take(self, key: Place) -> list[Any]:
        taken, row = [], self._next
        while row is not None and (at := row[:2]) <= key:
            if at != key:
                raise BrokenError(self._table, at, "has no cause in the journal")
            taken.append(row)
            row = self._next = next(self._stream, None)
        return taken

    def finish(self) -> None:
        if self._next is not None:
            raise BrokenError(self._table, self._next[:2], "has no cause in the journal")
