"""Business days as the journal tells them: one open at a time, each later than the one before."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from shared.storage.audit.verdict import Place, require, rows, same
from shared.storage.business_days import CLOSED, OPENED

_DAYS = "SELECT day, opened_at, opened_by, closed_at, closed_by FROM business_day ORDER BY day"


class Days:
    """Follows every business day."""

    types = frozenset({OPENED, CLOSED})

    def __init__(self) -> None:
        self._days: dict[str, tuple[str, str, str | None, str]] = {}
        self._open = ""

    def read(self, at: Place, kind: str, body: Mapping[str, Any]) -> None:
        """One row of the journal. Raises BrokenError for what cannot have been."""
        day = body["day"]
        if kind == OPENED:
            require(not self._open, "journal", at, "opens a day while another is open")
            require(day > max(self._days, default=""), "journal", at, "opens a day that is not later than the last")
            self._days[day], self._open = (body["opened_at"], body["opened_by"], None, ""), day
        else:
            require(day == self._open, "journal", at, "closes a day that is not open")
            self._days[day] = (*self._days[day][:2], body["closed_at"], body["closed_by"])
            self._open = ""

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError for the first row of the table that is not what the journal says."""
        same("business_day", {row[0]: row[1:] for row in rows(connection, "business_day", _DAYS)}, self._days)
