"""Questions to a printer and what it says unasked, on one line, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from drivers.contracts.printer import PrinterFault, PrinterNotReady, PrinterReady, PrinterStatus
from drivers.printer import status as decode
from drivers.printer.codec import real_time_query
from drivers.printer.status import FullStatus, Message, PaperSensor, ProcessDone, RealTimeStatus, StatusReader
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_Reply = TypeVar("_Reply", int, bytes)
_READ_BYTES = 256
_KEPT_CONFIRMATIONS = 16
_WRITE_SECONDS = 1.0
FULL_STATUS = 20


class Dialogue:
    """Reads the line for one driver. Confirmations are kept until asked for, whenever they come."""

    def __init__(
        self, connection: Connection, monotonic: Monotonic, answer_seconds: float, presenter: bool = False
    ) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._answer_seconds = answer_seconds
        self._presenter = presenter
        self._reader = StatusReader(full_status=presenter)
        self._line: Transport | None = None
        self._done: deque[str] = deque(maxlen=_KEPT_CONFIRMATIONS)
        self._parsed = False
        self._replies: list[int] = []
        self._full: list[bytes] = []
        self._answers = True  # False once a question stayed open: a late reply would pass for the next one's

    def forget(self, process_id: str) -> None:
        """A new job begins: confirmations of an earlier one with the same id do not count."""
        self._done = deque((done for done in self._done if done != process_id), maxlen=_KEPT_CONFIRMATIONS)
        self._parsed = False

    def is_done(self, process_id: str) -> bool:
        return process_id in self._done

    def is_parsed(self) -> bool:
        """Whether GS r 1 was answered since the job began."""
        return self._parsed

    def listen(self, seconds: float) -> bool:
        """Takes in what comes within `seconds`; False when nothing came. Raises TransportError."""
        data = self._current_line().read(_READ_BYTES, seconds)
        for message in self._reader.feed(data):
            self._take(message)
        return bool(data)

    def status(self) -> PrinterStatus:
        """DLE EOT 2, 3, 4. Raises TransportError when one is not answered: a silent printer is not a healthy one."""
        self._check_answers()
        offline, error, paper = self._ask(2), self._ask(3), self._ask(4)
        faults = decode.offline_faults(offline) | decode.error_faults(error) | decode.paper_faults(paper)
        if decode.has_error(offline) and not faults:
            faults = frozenset({PrinterFault.OFFLINE})
        if faults:
            return PrinterNotReady(faults)
        waiting = self._presenter and decode.is_sheet_waiting(self._ask_full())
        return PrinterReady(paper_low=decode.is_near_end(paper), sheet_waiting=waiting)

    def is_drawer_pin_high(self) -> bool:
        """DLE EOT 1. Raises TransportError when it is not answered."""
        self._check_answers()
        return decode.is_drawer_pin_high(self._ask(1))

    def send(self, data: bytes) -> None:
        """A short command. Raises TransportError."""
        self._current_line().write(data, _WRITE_SECONDS)

    def status_if_answered(self) -> PrinterStatus | None:
        """The status while a job prints; None from a printer too busy to answer. Raises when the line is lost."""
        if not self._answers:
            return None
        try:
            return self.status()
        except NoAnswerError:
            return None

    def _check_answers(self) -> None:
        self._current_line()
        if not self._answers:
            raise TransportError("the printer does not answer")

    def _ask(self, kind: int) -> int:
        return self._query(kind, self._replies)

    def _ask_full(self) -> bytes:
        return self._query(FULL_STATUS, self._full)

    def _query(self, kind: int, replies: list[_Reply]) -> _Reply:
        """Sends DLE EOT `kind`; the first of `replies` that comes after it."""
        line = self._current_line()
        while self.listen(0):
            pass
        replies.clear()
        line.write(real_time_query(kind), _WRITE_SECONDS)
        if not self._listen_until(lambda: bool(replies)):
            self._answers = False
            raise NoAnswerError("the printer does not answer")
        return replies.pop(0)

    def _listen_until(self, heard: Callable[[], bool]) -> bool:
        deadline = self._monotonic() + self._answer_seconds
        while not heard() and (left := deadline - self._monotonic()) > 0:
            self.listen(left)
        return heard()

    def _take(self, message: Message) -> None:
        match message:
            case RealTimeStatus():
                self._replies.append(message.value)
            case FullStatus():
                self._full.append(message.data)
            case ProcessDone():
                self._done.append(message.process_id)
            case PaperSensor():
                self._parsed = True
            case _:
                pass  # automatic status is asked for in full by the next poll; noise says nothing

    def _current_line(self) -> Transport:
        """The connection's line; on a new one nothing of the old one's dialogue is open."""
        line = self._connection.line()
        if line is not self._line:
            self._line = line
            self._reader.reset()
            self._replies.clear()
            self._full.clear()
            self._answers = True
        return line


class NoAnswerError(TransportError):
    """The line stands and the printer is silent."""
