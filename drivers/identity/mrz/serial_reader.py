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
_FRESH_SECONDS = 3.0  # what came longer before it was asked for may be the last visitor's


class SerialZoneReader:
    """Implements `drivers.contracts.identity.IdentityReader`. `today` gives the local day: the century of a birth
    follows from it.

    A zone that was put through more than three seconds before `read` is dropped: it may be another visitor's.
    """

    def __init__(
        self, connection: Connection, monotonic: Monotonic, today: Callable[[], date], idle_seconds: float
    ) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._today = today
        self._deframer = ZoneDeframer(idle_seconds)
        self._ready: deque[tuple[float, tuple[str, ...] | Overlong]] = deque()
        self._listened_at = 0.0
        self._line: Transport | None = None
        self._claim = ThreadClaim("the identity reader")
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Documents read (confirmed or not), and documents that could not be read, since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()
        self._listened_at = self._monotonic()
        status = self._reach()
        if isinstance(status, ReaderLost):
            _log.warning("identity.absent", cause=status.cause)

    def close(self) -> None:
        self._connection.close()
        self._claim.release()

    def status(self) -> ReaderStatus:
        """Such a reader says nothing by itself: an open port is all there is to see."""
        self._claim.check()
        status = self._reach()
        return status if isinstance(status, ReaderLost) else self._listen(0.0) or status

    def read(self, seconds: float) -> IdentityAnswer:
        self._claim.check()
        deadline = self._monotonic() + seconds
        lost = self._forget_stale()
        while lost is None and not self._ready:
            left = deadline - self._monotonic()
            if left < 0:
                return NoDocument()
            lost = self._listen(min(left, _WAKE_SECONDS))
        return lost or self._judged(self._ready.popleft()[1])

    def _forget_stale(self) -> ReaderLost | None:
        unheard = self._monotonic() - self._listened_at > _FRESH_SECONDS
        lost = self._listen(0.0)
        if unheard:
            self._ready.clear()
            self._deframer.reset()
        while self._ready and self._monotonic() - self._ready[0][0] > _FRESH_SECONDS:
            self._ready.popleft()
        return lost

    def _listen(self, seconds: float) -> ReaderLost | None:
        """Takes in what comes first within `seconds`."""
        try:
            data = self._current_line().read(_READ_BYTES, seconds)
        except TransportError as error:
            self._connection.drop(error.cause)
            return ReaderLost(error.cause)
        self._listened_at = self._monotonic()
        self._ready.extend((self._listened_at, lines) for lines in self._deframer.feed(data, self._listened_at))
        return None

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
