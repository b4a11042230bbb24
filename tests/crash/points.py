"""Numbers every write, device call and network call of a process, and kills the process at one of them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import text

from drivers.contracts.payment import (
    Charge,
    Needs,
    PaymentAnswer,
    PaymentMethod,
    QueryAnswer,
    RefundAnswer,
    ReverseAnswer,
)
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.contracts.printer import PrintAnswer, PrinterStatus, PrintJob
from drivers.transport.line import Transport
from shared.domain.capacity import SlotKey
from shared.selling.ports import SheetPrinter
from shared.storage.database import Database
from shared.sync.ports import LeaseStanding, Line

Result = TypeVar("Result")

_SOON = 0.08  # seconds after which a call that has not come back is "under way"
_JOB_BYTES = 64  # a longer write to the printer is a job, a shorter one a question


class Points:
    """Counts from 1. Every name is on the disk before the process may die at it."""

    def __init__(self, log: Path, kill_at: int) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._kill_at = kill_at
        self._passed = 0
        self._lock = threading.Lock()

    def __call__(self, name: str) -> None:
        with self._lock:
            os.write(self._log, f"{name}\n".encode())
            self._passed += 1
            if self._passed == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def around(self, call: str) -> Iterator[None]:
        """A point before and a point after a call."""
        self(f"before {call}")
        yield
        self(f"after {call}")

    def under_way(self, call: str) -> AbstractContextManager[None]:
        """As `around`, and a point in the middle of a call that takes its time."""
        return _under_way(self, call)


@contextmanager
def _under_way(points: Points, call: str) -> Iterator[None]:
    back = threading.Event()
    watch = threading.Thread(target=lambda: None if back.wait(_SOON) else points(f"during {call}"))
    points(f"before {call}")
    watch.start()
    yield
    back.set()
    watch.join()
    points(f"after {call}")


class NumberedDatabase(Database):
    """A point before each commit (written, not committed) and one after it; what only reads has none."""

    def __init__(self, path: Path, points: Points) -> None:
        self._points: Points | None = None  # what opening writes is not a step of a sale
        super().__init__(path)
        self._points = points

    def run(self, work: Callable[[SqlConnection], Result]) -> Result:
        points = self._points
        return super().run(work) if points is None else self._numbered(work, points)

    def _numbered(self, work: Callable[[SqlConnection], Result], points: Points) -> Result:
        written: list[str] = []

        def observed(connection: SqlConnection) -> Result:
            before = _changes(connection)
            result = work(connection)
            if _changes(connection) != before:
                written.append(_last_event(connection))
                points(f"before commit of {written[0]}")
            return result

        result = super().run(observed)
        if written:
            points(f"after commit of {written[0]}")
        return result


def _changes(connection: SqlConnection) -> int:
    return int(connection.execute(text("SELECT total_changes()")).scalar_one())


def _last_event(connection: SqlConnection) -> str:
    query = text("SELECT type FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1")
    return str(connection.execute(query).scalar())


class NumberedPrinter:
    """A SheetPrinter whose calls are points."""

    def __init__(self, printer: SheetPrinter, points: Points) -> None:
        self._printer = printer
        self._points = points

    def status(self) -> PrinterStatus:
        with self._points.around("printer status"):
            return self._printer.status()

    def print(self, job: PrintJob) -> PrintAnswer:
        with self._points.around("print"):
            return self._printer.print(job)

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer:
        with self._points.around("wait for a sheet"):
            return self._printer.await_confirmation(process_id, seconds)


class NumberedWire:
    """A wire to the printer with a point in the middle of each job."""

    def __init__(self, wire: Transport, points: Points) -> None:
        self._wire = wire
        self._points = points

    def read(self, limit: int, seconds: float) -> bytes:
        return self._wire.read(limit, seconds)

    def write(self, data: bytes, seconds: float) -> None:
        if len(data) <= _JOB_BYTES:
            self._wire.write(data, seconds)
            return
        half = len(data) // 2
        self._wire.write(data[:half], seconds)
        self._points("half of a job")
        self._wire.write(data[half:], seconds)

    def close(self) -> None:
        self._wire.close()


class NumberedMethod:
    """A PaymentMethod whose network calls are points."""

    def __init__(self, method: PaymentMethod, points: Points) -> None:
        self._method = method
        self._points = points

    @property
    def name(self) -> str:
        return self._method.name

    @property
    def earliest_reverse_seconds(self) -> float:
        return self._method.earliest_reverse_seconds

    @property
    def needs(self) -> Needs:
        return self._method.needs

    @property
    def refund_apart_seconds(self) -> float:
        return 0.0  # a minute between two refunds is the provider's rule, not a crash's

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        with self._points.under_way("payment"):
            return self._method.submit(charge, tell)

    def cancel(self, order_no: str) -> None:
        self._method.cancel(order_no)

    def query(self, order_no: str) -> QueryAnswer:
        with self._points.around("payment query"):
            return self._method.query(order_no)

    def reverse(self, order_no: str) -> ReverseAnswer:
        with self._points.around("reversal"):
            return self._method.reverse(order_no)

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        with self._points.around("refund"):
            return self._method.refund(order_no, refund_no, amount_minor, total_minor)


class NumberedLine:
    """A line to central whose one network call is a point."""

    def __init__(self, line: Line, points: Points) -> None:
        self._line = line
        self._points = points

    def online(self) -> bool:
        return self._line.online()

    def may_sell(self, standing: LeaseStanding) -> bool:
        return self._line.may_sell(standing)

    def top_up(self, slot: SlotKey, units: int, seconds: float) -> bool:
        with self._points.around("top-up"):
            return self._line.top_up(slot, units, seconds)
