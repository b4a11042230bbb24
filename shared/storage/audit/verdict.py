"""What an audit finds: nothing, or the first row that is not what it should be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[int, int]  # epoch and seq: a row of the journal, or of the ledger that it caused


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is not what the terminal wrote: its table, its key, and why."""

    table: str
    key: Place | str
    reason: str

    def __str__(self) -> str:
        key = self.key if isinstance(self.key, str) else f"epoch {self.key[0]}, seq {self.key[1]}"
        return f"{self.table}, {key}: {self.reason}"


class BrokenError(Exception):
    """Ends an audit at the first broken row."""

    def __init__(self, table: str, key: Place | str, reason: str) -> None:
        super().__init__(table, key, reason)
        self.broken = Broken(table, key, reason)


def require(holds: bool, table: str, key: Place | str, reason: str) -> None:
    """Raises BrokenError unless it holds."""
    if not holds:
        raise BrokenError(table, key, reason)


def finding(check: Callable[[], object]) -> Broken | None:
    """What a check that raises BrokenError finds."""
    try:
        check()
    except BrokenError as error:
        return error.broken
    return None


def first_of(found: list[Broken | None]) -> Broken | None:
    """The finding that comes first: by the journal's order, then those in tables that have none."""
    broken = [each for each in found if each is not None]
    return min(broken, key=lambda each: each.key if isinstance(each.key, tuple) else (1 << 63, 0), default=None)


def same(table: str, stored: Mapping[Any, object], told: Mapping[Any, object]) -> None:
    """Raises BrokenError at the first key of a table at which the journal says something else."""
    for key in sorted({*stored, *told}):
        if stored.get(key) != told.get(key):
            raise BrokenError(table, key, "is not what the journal says")


def rows(connection: sqlite3.Connection, table: str, query: str) -> Iterator[Any]:
    """The rows of a query, streamed. Raises BrokenError naming the place when one of them cannot be read."""
    last: Any = None
    try:
        for row in connection.execute(query):
            yield row
            last = row
    except (sqlite3.Error, UnicodeDecodeError) as error:
        place = "the first row" if last is None else f"the row after {last[0]}, {last[1]}"
        raise BrokenError(table, place, f"cannot be read: {error}") from error
