"""Works that wait at the same moment share one transaction, and with it one commit to the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Event, Lock
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.session import JoinTransactionMode

T = TypeVar("T")
_MOST = 64  # works in one transaction


class BusyError(Exception):
    """So much is being written that a transaction could not begin in time."""


class _Waiting:
    """A work in line: `woken` when it is done, or when its owner is to lead the next transaction."""

    def __init__(self, work: Callable[[Session], object]) -> None:
        self.work = work
        self.woken = Event()
        self.leads = False
        self.taken = False
        self.result: Any = None
        self.error: BaseException | None = None

    def finish(self, error: BaseException | None) -> None:
        self.error = self.error or error
        self.woken.set()

    def outcome(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.result


class Together:
    """A line of works. Who comes first opens a transaction and runs for all that wait; each has a savepoint of its own.

    A work that raises is taken back alone. `begin` opens a transaction that commits at its end.
    """

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begin = begin
        self._mutex = Lock()
        self._line: deque[_Waiting] = deque()
        self._led = False

    def run(self, work: Callable[[Session], T], patience: float) -> T:
        """The work's result, committed. Raises BusyError after `patience` seconds in line, and what the work raises."""
        own = _Waiting(work)
        with self._mutex:
            self._line.append(own)
            own.leads = not self._led
            self._led = True
        if not own.leads and not own.woken.wait(patience):
            self._leave(own)
        if own.leads:
            self._lead()
        return own.outcome()  # type: ignore[no-any-return]

    def _leave(self, own: _Waiting) -> None:
        """Out of the line, unless its turn came just now."""
        with self._mutex:
            if not own.taken and not own.leads:
                self._line.remove(own)
                raise BusyError
        own.woken.wait()

    def _lead(self) -> None:
        """One transaction, then the next in line leads."""
        with self._mutex:
            group = [self._line.popleft() for _ in range(min(_MOST, len(self._line)))]
            for waiting in group:
                waiting.taken = True
        error: BaseException | None = None
        try:
            with self._begin() as connection:
                _run(connection, group)
        except BaseException as caught:  # noqa: BLE001 - not handled here: every owner raises it in its own thread
            error = caught
        self._hand_over()
        for waiting in group:
            waiting.finish(error)

    def _hand_over(self) -> None:
        with self._mutex:
            self._led = bool(self._line)
            if self._led:
                self._line[0].leads = True
                self._line[0].woken.set()


def _run(connection: Connection, group: Sequence[_Waiting]) -> None:
    """Runs each; one that raises keeps its error. Raises what undoes the whole transaction (a deadlock)."""
    alone = len(group) == 1
    for waiting in group:
        try:
            waiting.result = _run_one(connection, waiting.work, alone)
        except BaseException as error:
            if alone or _undoes_all(error):
                raise
            waiting.error = error


def _run_one(connection: Connection, work: Callable[[Session], T], alone: bool) -> T:
    mode: JoinTransactionMode = "rollback_only" if alone else "create_savepoint"
    with Session(connection, expire_on_commit=False, join_transaction_mode=mode) as session, session.begin():
        return work(session)


def _undoes_all(error: BaseException) -> bool:
    """Whether the database gave up the transaction itself and not the work alone."""
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}
    )
