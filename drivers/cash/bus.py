"""A ccTalk bus: one wire, one thread, several devices; each question gets its answer, or none, and never another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import structlog

from drivers.cash.codec import Checksum, Frame, FrameError, decode, encode, wanted
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_log = structlog.get_logger()
_ACK = 0
_READ_BYTES = 512
_WRITE_SECONDS = 1.0
_DRAIN_READS = 64  # a line that never falls silent speaks another protocol


@dataclass(frozen=True, slots=True)
class BusTiming:
    """In seconds: until an answer must have come whole, and how long the line must be silent after a failure."""

    answer: float = 0.5
    silence: float = 0.1


@dataclass(frozen=True, slots=True)
class Station:
    """Where a device is on the bus and how its frames are checked."""

    address: int
    checksum: Checksum = Checksum.SIMPLE


@dataclass(frozen=True, slots=True)
class Reply:
    """The device's answer; for a command without data it is empty: acknowledged."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """The device understood and does not do it."""

    cause: str
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class NoReply:
    """Nothing that is an answer came. Whether the device did what was asked is unknown."""

    cause: str


BusAnswer = Reply | Refused | NoReply


class CashBus:
    """Owns the wire. `echo`: the wire is half duplex, so that what is sent comes back before the answer.

    Every device on it is called on the thread that opened the bus.
    """

    def __init__(
        self, connection: Connection, monotonic: Monotonic, *, echo: bool = True, timing: BusTiming | None = None
    ) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._echo = echo
        self._timing = timing or BusTiming()
        self._claim = ThreadClaim("the cash bus")
        self._in_doubt = True  # an answer to somebody's earlier question may still come
        self._counters: Counter[str] = Counter({"questions": 0, "unanswered": 0})

    def counters(self) -> Mapping[str, int]:
        """What was asked, what stayed unanswered, and what the devices were told to do, since the driver was made."""
        return dict(self._counters)

    def count(self, what: str, number: int = 1) -> None:
        """Adds to a counter."""
        self._counters[what] += number

    def open(self) -> None:
        self._claim.take()
        try:
            self._connection.line()
        except TransportError as error:
            _log.warning("cash.absent", cause=error.cause)

    def close(self) -> None:
        self._connection.close()
        self._claim.release()

    def ask(
        self, station: Station, frame: Frame, length: int = 0, *, tries: int = 1, or_code: bool = False
    ) -> BusAnswer:
        """Sends a command and waits for an answer of `length` bytes, or of a byte that says why not (`or_code`).

        Only what changes nothing when it is done twice is tried again.
        """
        self._claim.check()
        answer: BusAnswer = NoReply("not asked")
        for _ in range(tries):
            answer = self._ask(station, frame, length, or_code)
            if not isinstance(answer, NoReply):
                break
        return answer

    def _ask(self, station: Station, frame: Frame, length: int, or_code: bool) -> BusAnswer:
        self.count("questions")
        try:
            reply = self._exchange(self._connection.line(), station, frame)
            answer = _understood(reply, length, or_code)
        except (TransportError, FrameError) as error:
            return self._failed(station, frame, error)
        self._connection.proved()
        return answer

    def _exchange(self, line: Transport, station: Station, frame: Frame) -> Frame:
        """Raises TransportError when the line is lost, FrameError when no answer came."""
        self._fall_silent(line)
        sent = encode(station.address, frame, station.checksum)
        line.write(sent, _WRITE_SECONDS)
        self._in_doubt = True
        received = self._receive(line, len(sent) if self._echo else 0)
        if self._echo and received[: len(sent)] != sent:
            raise FrameError("another speaker on the line")
        reply = decode(received[len(sent) if self._echo else 0 :], station.address, station.checksum)
        self._in_doubt = False
        return reply

    def _receive(self, line: Transport, echoed: int) -> bytes:
        deadline = self._monotonic() + self._timing.answer
        received = b""
        missing = partial(_missing, echoed)
        while missing(received):
            left = deadline - self._monotonic()
            if left <= 0:
                raise FrameError("no answer" if len(received) <= echoed else "an answer that is cut off")
            received += line.read(missing(received), left)
        return received

    def _fall_silent(self, line: Transport) -> None:
        """What is still on the way belongs to an earlier question."""
        for _ in range(_DRAIN_READS):
            if not line.read(_READ_BYTES, self._timing.silence if self._in_doubt else 0.0):
                return
        raise FrameError("the line never falls silent")

    def _failed(self, station: Station, frame: Frame, error: TransportError | FrameError) -> NoReply:
        self.count("unanswered")
        if isinstance(error, TransportError):
            self._connection.drop(error.cause)
            self._in_doubt = True
        _log.info("cash.no_answer", address=station.address, header=frame.header, cause=str(error))
        return NoReply(str(error))


def _understood(reply: Frame, length: int, or_code: bool) -> Reply | Refused:
    """Raises FrameError for an answer of another length: it answers something else."""
    if reply.header != _ACK:
        return Refused(f"refused with {reply.header}", reply.data)
    if len(reply.data) == length:
        return Reply(reply.data)
    if or_code and len(reply.data) == 1:
        return Refused(f"refused with code {reply.data[0]}", reply.data)
    raise FrameError(f"an answer of {len(reply.data)} bytes instead of {length}")


def _missing(echoed: int, received: bytes) -> int:
    if len(received) < echoed:
        return echoed - len(received)
    return wanted(received[echoed:])
