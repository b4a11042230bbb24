"""What this run of the process knows of the attempts to pay that it has sent; a restart knows nothing of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from drivers.contracts.payment import PaymentMethod


@dataclass(frozen=True, slots=True)
class _At:
    """Where the payer stands."""

    sale_id: str
    method: PaymentMethod
    order_no: str


class UnderWay:
    """When orders were sent, how long their codes are shown, and which one somebody gave up (monotonic seconds)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: _At | None = None
        self._stopped: set[str] = set()
        self._sent_at: dict[str, float] = {}
        self._shown_until: dict[str, float] = {}

    def send(self, sale_id: str, method: PaymentMethod, order_no: str, now: float) -> None:
        """The request is about to leave: from here on `stop` reaches it."""
        self._sent_at[order_no] = now
        with self._lock:
            self._at = _At(sale_id, method, order_no)

    def show_until(self, order_no: str, moment: float) -> None:
        self._shown_until[order_no] = moment

    def stop(self, sale_id: str) -> None:
        """Ends the sale's last attempt early if it waits still. Any thread; nothing when no attempt was sent."""
        with self._lock:
            at = self._at
            if at is None or at.sale_id != sale_id:
                return
            self._stopped.add(at.order_no)
        at.method.cancel(at.order_no)

    def is_stopped(self, order_no: str) -> bool:
        with self._lock:
            return order_no in self._stopped

    def sent_at(self, order_no: str) -> float | None:
        """None: sent before a restart."""
        return self._sent_at.get(order_no)

    def shown_until(self, order_no: str) -> float | None:
        """None: no code is shown."""
        return self._shown_until.get(order_no)
