"""What the emulated gateway remembers: orders and refunds in an SQLite file, so that a kill forgets no payment."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    order_no TEXT PRIMARY KEY, total INTEGER NOT NULL, state TEXT NOT NULL, transaction_id TEXT NOT NULL,
    code_digest TEXT NOT NULL, behaviour TEXT NOT NULL, queries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS refunds (
    refund_no TEXT PRIMARY KEY, order_no TEXT NOT NULL, amount INTEGER NOT NULL, refund_id TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class LedgerOrder:
    """An order as the gateway knows it; `total` and `refunded` in fen."""

    order_no: str
    total: int
    state: str
    transaction_id: str
    behaviour: str
    queries: int
    refunded: int


class GatewayLedger:
    """The payments. Every change is committed before it returns; safe to call from the request threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL").close()
        self._connection.executescript(_TABLES).close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def orders(self) -> list[LedgerOrder]:
        """All orders in the order in which they came."""
        return self._orders("1 ORDER BY o.rowid", ())

    def find(self, order_no: str) -> LedgerOrder | None:
        return next(iter(self._orders("o.order_no = ?", (order_no,))), None)

    def add(self, order_no: str, total: int, state: str, code: str, behaviour: str) -> bool:
        """Opens an order. False when the number or the payer's code was used before; the code itself is not kept."""
        digest = hashlib.sha256(code.encode()).hexdigest()
        transaction = "42" + hashlib.sha256(order_no.encode()).hexdigest()[:26]
        added = self._change(
            "INSERT INTO orders (order_no, total, state, transaction_id, code_digest, behaviour) "
            "SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM orders WHERE order_no = ? OR code_digest = ?)",
            (order_no, total, state, transaction, digest, behaviour, order_no, digest),
        )
        return added == 1

    def move(self, order_no: str, state: str, *, only_from: tuple[str, ...]) -> bool:
        """Changes an order's state if it is in one of `only_from`."""
        marks = ",".join("?" * len(only_from))
        sql = f"UPDATE orders SET state = ? WHERE order_no = ? AND state IN ({marks})"  # noqa: S608 (only marks)
        return self._change(sql, (state, order_no, *only_from)) == 1

    def count_query(self, order_no: str) -> None:
        self._change("UPDATE orders SET queries = queries + 1 WHERE order_no = ?", (order_no,))

    def add_refund(self, refund_no: str, order_no: str, amount: int) -> bool:
        """Books a refund if the order's total still covers it. False when it does not, or the number was used."""
        refund_id = "50" + hashlib.sha256(refund_no.encode()).hexdigest()[:26]
        added = self._change(
            "INSERT INTO refunds SELECT ?, ?, ?, ? WHERE ? <= "
            "(SELECT o.total - COALESCE((SELECT SUM(amount) FROM refunds WHERE order_no = o.order_no), 0) "
            "FROM orders o WHERE o.order_no = ?) AND NOT EXISTS (SELECT 1 FROM refunds WHERE refund_no = ?)",
            (refund_no, order_no, amount, refund_id, amount, order_no, refund_no),
        )
        return added == 1

    def refund(self, refund_no: str) -> tuple[str, int, str] | None:
        """(order number, amount, refund id) of a refund."""
        rows = self._rows("SELECT order_no, amount, refund_id FROM refunds WHERE refund_no = ?", (refund_no,))
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def _orders(self, where: str, values: tuple[object, ...]) -> list[LedgerOrder]:
        sql = (
            "SELECT o.order_no, o.total, o.state, o.transaction_id, o.behaviour, o.queries, "  # noqa: S608
            f"COALESCE((SELECT SUM(amount) FROM refunds WHERE order_no = o.order_no), 0) FROM orders o WHERE {where}"
        )
        return [LedgerOrder(*row) for row in self._rows(sql, values)]

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _change(self, sql: str, values: tuple[object, ...]) -> int:
        with self._lock:
            return self._connection.execute(sql, values).rowcount
