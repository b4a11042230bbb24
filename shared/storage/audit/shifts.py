"""Shifts as the journal tells them: possible histories, the ledger's entries, and Z reports without a gap."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from shared.domain.journal import HashProfile
from shared.domain.ledger import Entry
from shared.domain.shift.codec import SHIFT
from shared.domain.shift.events import ShiftClosed, ShiftCorrected, ShiftOpened
from shared.domain.shift.history import follow_shift
from shared.domain.shift.postings import shift_entry
from shared.domain.shift.state import Shift
from shared.domain.shift.z_chain import ZLink, follow_z
from shared.storage.audit.verdict import Place, require, rows, same
from shared.storage.shift_rows import move_of, subject_of

_EPOCHS = "SELECT epoch, profile FROM epoch ORDER BY epoch"
_SHIFTS = "SELECT number, drawer, epoch, seq FROM shift ORDER BY number"
_ROWS = "SELECT epoch, seq, shift FROM shift_row ORDER BY epoch, seq"
_MOVES = "SELECT kind, number, order_no, epoch, seq FROM shift_move ORDER BY kind, number"
_ZS = "SELECT z_number, shift, hash, epoch, seq FROM shift_z ORDER BY z_number"


class Shifts:
    """Follows every shift and the chain of Z reports."""

    types = SHIFT.types

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._profiles: dict[int, HashProfile] = dict(rows(connection, "epoch", _EPOCHS))
        self._shifts: dict[int, Shift] = {}
        self._opened: dict[int, tuple[str, int, int]] = {}
        self._open_at: dict[str, int] = {}
        self._rows: dict[Place, int] = {}
        self._moves: dict[str, tuple[str, int, int]] = {}
        self._last = ZLink()
        self._zs: dict[int, tuple[int, bytes, int, int]] = {}

    def read(self, at: Place, kind: str, body: Mapping[str, Any]) -> tuple[str, Entry | None]:
        """One row: what it is filed under and the entry that it causes. Raises ValueError for what cannot have been."""
        event, number = SHIFT.decode(kind, body), body["shift"]
        if isinstance(event, ShiftOpened):
            self._begin(at, event)
        after = self._shifts[number] = follow_shift(self._shifts.get(number), event)
        require(after.number == number, "journal", at, "is filed under another shift")
        moved = move_of(event)
        if moved is not None:
            key = f"{moved[0]} {moved[1]}"
            require(key not in self._moves, "journal", at, "moves an order's cash a second time")
            self._moves[key] = (moved[2], *at)
        if isinstance(event, ShiftClosed | ShiftCorrected):
            self._last = follow_z(self._last, after, event, self._profiles[at[0]])
            self._zs[self._last.number] = (number, self._last.hash, *at)
        if isinstance(event, ShiftClosed):
            self._open_at.pop(after.opened.drawer, None)
        self._rows[at] = number
        return subject_of(after), shift_entry(after, event)

    def _begin(self, at: Place, event: ShiftOpened) -> None:
        require(event.number == len(self._opened) + 1, "journal", at, "opens a shift out of turn")
        require(event.drawer not in self._open_at, "journal", at, "opens a shift at a drawer that has one")
        self._opened[event.number] = (event.drawer, *at)
        self._open_at[event.drawer] = event.number

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError for the first row of the tables that is not what the journal says."""
        same("shift", {row[0]: row[1:] for row in rows(connection, "shift", _SHIFTS)}, self._opened)
        same("shift_row", {row[:2]: row[2] for row in rows(connection, "shift_row", _ROWS)}, self._rows)
        moves = {f"{row[0]} {row[1]}": row[2:] for row in rows(connection, "shift_move", _MOVES)}
        same("shift_move", moves, self._moves)
        same("shift_z", {row[0]: row[1:] for row in rows(connection, "shift_z", _ZS)}, self._zs)
