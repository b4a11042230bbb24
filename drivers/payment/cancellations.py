"""Payments that somebody gave up while the payer stood at the device."""

from __future__ import annotations

import threading
from collections import deque

_KEPT = 64  # an order number is used once, so an old one does no harm; it need not be kept for ever either


class Cancellations:
    """Order numbers to end early. Asked for from any thread, also before the payment has begun to wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: deque[str] = deque(maxlen=_KEPT)

    def ask(self, order_no: str) -> None:
        with self._lock:
            self._orders.append(order_no)

    def asked(self, order_no: str) -> bool:
        with self._lock:
            return order_no in self._orders
