"""The serial reader of machine-readable zones: it sends what it saw, this checks it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import date

import structlog

from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    IdentityAnswer,
    NoDocument,
    ReaderLost,
    ReaderReady,
    ReaderStatus,
    UnreadableReason,
)
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.framing import Overlong, ZoneDeframer
from drivers.identity.mrz.zone import read_zone
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_log = structlog.get_logger()
_READ_BYTES = 1024
_WAKE_SECONDS = 0.1  # often enough to notice a quiet line


class SerialZoneReader:
    """Implements `drivers.contracts.identity.IdentityReader`. `today` gives the local day: the century of a birth
    follows from it."""

    def __init__(
        self, connection: Connection, monotonic: Monotonic, today: Callable[[], date], idle_seconds: float
    ) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._today = today
        self._deframer = ZoneDeframer(idle_seconds)
        self._ready: deque[tuple[str, ...] | Overlong] = deque()
        self._line: Transport | None = None
        self._claim = ThreadClaim("the identity reader")
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Documents read (confirmed or not), and documents that could not be read, since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()
        status = self._reach()
        if isinstance(status, ReaderLost):
            _log.warning("identity.absent", cause=status.cause)

    def close(self) -> None:
        self._connection.close()
        self._claim.release()

    def status(self) -> ReaderStatus:
        """Such a reader says nothing by itself: an open port is all there is to see."""
        self._claim.check()
        return self._reach()

    def read(self, seconds: float) -> IdentityAnswer:
        self._claim.check()
        deadline = self._monotonic() + seconds
        while not self._ready:
            left = deadline - self._monotonic()
            if left < 0:
                return NoDocument()
            try:
                data = self._current_line().read(_READ_BYTES, min(left, _WAKE_SECONDS))
            except TransportError as error:
                self._connection.drop(error.cause)
                return ReaderLost(error.cause)
            self._ready.extend(self._deframer.feed(data, self._monotonic()))
        return self._judged(self._ready.popleft())

    def _judged(self, lines: tuple[str, ...] | Overlong) -> DocumentRead | ConfirmationNeeded | DocumentUnreadable:
        if isinstance(lines, Overlong):
            answer: DocumentRead | ConfirmationNeeded | DocumentUnreadable = DocumentUnreadable(UnreadableReason.FORM)
        else:
            answer = judge(read_zone(lines), self._today())
        if isinstance(answer, DocumentUnreadable):
            self._unreadable += 1
            _log.info("identity.unreadable", reason=answer.reason.value)
        else:
            self._reads += 1
        return answer

    def _reach(self) -> ReaderReady | ReaderLost:
        try:
            self._current_line()
        except TransportError as error:
            return ReaderLost(error.cause)
        return ReaderReady("")

    def _current_line(self) -> Transport:
        line = self._connection.line()
        if line is not self._line:
            self._line = line
            self._connection.proved()
            self._deframer.reset()
        return line
