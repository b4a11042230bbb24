"""The serial scanner: waits for codes, looks for its device again when it is gone."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

import structlog

from drivers.contracts.scanner import NothingScanned, ScanAnswer, Scanned, ScannerLost, Unreadable
from drivers.scanner.framing import Deframer, Framing
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_log = structlog.get_logger()
_READ_BYTES = 1024
_SHORTEST_SECONDS = 0.01


class SerialScanner:
    """Implements `drivers.contracts.scanner.Scanner` over any transport."""

    def __init__(self, connection: Connection, framing: Framing, monotonic: Monotonic) -> None:
        self._connection = connection
        self._framing = framing
        self._monotonic = monotonic
        self._deframer = Deframer(framing)
        self._ready: deque[Scanned | Unreadable] = deque()
        self._line: Transport | None = None
        self._claim = ThreadClaim("the scanner")
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Codes read and codes that could not be read since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()
        try:
            self._connection.line()
        except TransportError as error:
            _log.warning("scanner.absent", cause=error.cause)

    def close(self) -> None:
        self._connection.close()
        self._claim.release()

    def read(self, seconds: float) -> ScanAnswer:
        self._claim.check()
        deadline = self._monotonic() + seconds
        while not self._ready:
            left = deadline - self._monotonic()
            if left < 0:
                return NothingScanned()
            try:
                self._listen(left)
            except TransportError as error:
                self._connection.drop(error.cause)
                return ScannerLost(error.cause)
        return self._count(self._ready.popleft())

    def _listen(self, seconds: float) -> None:
        """Takes in what comes, waking up often enough to notice a quiet line."""
        pause = max(_SHORTEST_SECONDS, min(seconds, self._framing.idle_seconds / 2))
        data = self._current_line().read(_READ_BYTES, pause)
        self._ready.extend(self._deframer.feed(data, self._monotonic()))

    def _current_line(self) -> Transport:
        line = self._connection.line()
        if line is not self._line:
            self._line = line
            self._connection.proved()  # a scanner says nothing by itself: an open port is all there is to see
            self._deframer.reset()
        return line

    def _count(self, answer: Scanned | Unreadable) -> Scanned | Unreadable:
        if isinstance(answer, Scanned):
            self._reads += 1
        else:
            self._unreadable += 1
            _log.info("scanner.unreadable", length=answer.length)
        return answer
