"""What the emulated card terminal remembers, in an SQLite file: a power cut or a kill forgets no transaction."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS transactions (
    trace INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, amount INTEGER NOT NULL, currency INTEGER NOT NULL,
    reversed INTEGER NOT NULL DEFAULT 0, settled INTEGER NOT NULL DEFAULT 0);
"""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction; its receipt has the same number as its trace."""

    trace: int
    kind: str
    amount: int
    currency: int
    reversed: bool
    settled: bool


class TerminalLedger:
    """Every change is committed before it returns; safe to call from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.executescript(_TABLE).close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def add(self, kind: str, amount: int, currency: int) -> Transaction:
        """Books a transaction and gives it the next numbers."""
        with self._lock:
            cursor = self._connection.execute(
                "INSERT INTO transactions (kind, amount, currency) VALUES (?, ?, ?)", (kind, amount, currency)
            )
            trace = cursor.lastrowid or 0
            cursor.close()
        return Transaction(trace, kind, amount, currency, reversed=False, settled=False)

    def reverse(self, payment: Transaction) -> Transaction:
        """Books the reversal of a payment."""
        self._change("UPDATE transactions SET reversed = 1 WHERE trace = ?", (payment.trace,))
        return self.add("reversal", payment.amount, payment.currency)

    def settle(self) -> int:
        """The end of the day: the turnover since the last one, and nothing of it can be reversed any more."""
        total = sum(_signed(t) for t in self.all() if not t.settled)
        self._change("UPDATE transactions SET settled = 1", ())
        return total

    def all(self) -> list[Transaction]:
        """Oldest first."""
        with self._lock:
            rows = self._connection.execute("SELECT * FROM transactions ORDER BY trace").fetchall()
        return [
            Transaction(trace, kind, amount, currency, bool(r), bool(s)) for trace, kind, amount, currency, r, s in rows
        ]

    @property
    def taken(self) -> int:
        """What the merchant holds, in minor units."""
        return sum(_signed(t) for t in self.all())

    def _change(self, sql: str, values: tuple[object, ...]) -> None:
        with self._lock:
            self._connection.execute(sql, values).close()


def _signed(transaction: Transaction) -> int:
    return transaction.amount if transaction.kind == "payment" else -transaction.amount
