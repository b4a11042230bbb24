"""Cash as the journal tells it: possible histories, the ledger's entries, the stock, and how far devices were heard."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from shared.domain.cash import CashHeard
from shared.domain.cash_codec import CASH, ORDER
from shared.domain.cash_history import follow_cash
from shared.domain.cash_inventory import DeviceStanding, moved, standings_after
from shared.domain.cash_order import CashOrder
from shared.domain.cash_postings import cash_entry
from shared.domain.ledger import Entry
from shared.storage.audit.verdict import Place, require, rows, same
from shared.storage.cash_book import subject_of

_ORDERS = "SELECT order_no, standing FROM cash_order ORDER BY order_no"
_ROWS = "SELECT epoch, seq, subject FROM cash_row ORDER BY epoch, seq"
_DEVICES = "SELECT device, boot, heard, total FROM cash_device ORDER BY device"
_HEARD = "SELECT device, boot, heard, epoch, seq FROM cash_heard ORDER BY device, boot, heard"
_STOCK = "SELECT place, currency, minor, pieces FROM cash_stock ORDER BY place, currency, minor"


class Cash:
    """Follows every order and every device."""

    def __init__(self) -> None:
        self._orders: dict[str, CashOrder] = {}
        self._rows: dict[Place, str] = {}
        self._devices: dict[str, DeviceStanding] = {}
        self._heard: dict[str, Place] = {}
        self._stock: Counter[str] = Counter()

    def read(self, at: Place, kind: str, body: Mapping[str, Any]) -> tuple[str, Entry | None]:
        """One row: what it is filed under and the entry that it causes. Raises ValueError for what cannot have been."""
        event = CASH.decode(kind, body)
        order_no = body.get("order_no", "") if kind in ORDER.types else ""
        before = self._orders.get(order_no)
        if order_no:
            self._orders[order_no] = follow_cash(order_no, before, ORDER.decode(kind, body))
        self._devices |= standings_after(self._devices, before, event)
        if isinstance(event, CashHeard):
            key = _key((event.device, event.boot, event.heard))
            require(key not in self._heard, "journal", at, "hears an event a second time")
            self._heard[key] = at
        for pieces in moved(before, event):
            self._stock[_key((pieces.place, pieces.value.currency.code, pieces.value.minor))] += pieces.count
        self._rows[at] = subject_of(order_no, event)
        return self._rows[at], cash_entry(before, event)

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError for the first row of the tables that is not what the journal says."""
        orders = {number: order.standing for number, order in self._orders.items()}
        same("cash_order", {row[0]: row[1] for row in rows(connection, "cash_order", _ORDERS)}, orders)
        same("cash_row", {row[:2]: row[2] for row in rows(connection, "cash_row", _ROWS)}, self._rows)
        devices = {row[0]: DeviceStanding(*row[1:]) for row in rows(connection, "cash_device", _DEVICES)}
        same("cash_device", devices, self._devices)
        heard = {_key(row[:3]): row[3:] for row in rows(connection, "cash_heard", _HEARD)}
        same("cash_heard", heard, self._heard)
        stock = {_key(row[:3]): row[3] for row in rows(connection, "cash_stock", _STOCK)}
        same("cash_stock", stock, self._stock)


def _key(parts: Iterable[object]) -> str:
    return " ".join(map(str, parts))
