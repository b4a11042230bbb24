"""One question to the reader's security module and its answer, never that to an earlier question."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.contracts.identity import ReaderFault, ReaderLost, ReaderTrouble
from drivers.identity.sdt.frames import Command, Reply, ReplyReader, encode
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_READ_BYTES = 4096
_WRITE_SECONDS = 1.0
_TRIES = 2  # a damaged exchange is repeated once: all questions may be asked again
_SELF_TEST, _NOT_AUTHORISED = 0x60, 0x66
_OUR_COMMAND_DAMAGED = {0x10: "checksum", 0x11: "length", 0x21: "command"}


@dataclass(frozen=True, slots=True)
class SdtTiming:
    """Seconds. `answer` bounds a whole exchange (a read of 1,295 bytes takes 0.12 s on the line), `poll` is the pause
    between two looks for a card."""

    answer: float = 2.0
    poll: float = 0.2


class SdtDialogue:
    """Asks over a connection that is made again when it was lost."""

    def __init__(self, connection: Connection, monotonic: Monotonic, timing: SdtTiming) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._timing = timing
        self._replies = ReplyReader()

    def connect(self) -> ReaderLost | None:
        """Tries to make the line."""
        try:
            self._connection.line()
        except TransportError as error:
            return ReaderLost(error.cause)
        return None

    def close(self) -> None:
        self._connection.close()

    def ask(self, command: Command) -> Reply | ReaderFault | ReaderLost:
        """The reader's answer. What stops every kind of work (self-test, authorisation, line) is a ReaderFault."""
        answer: Reply | ReaderFault | ReaderLost = ReaderLost("not asked")
        for _ in range(_TRIES):
            answer = self._exchange(command)
            if not (isinstance(answer, ReaderFault) and answer.trouble is ReaderTrouble.LINE):
                break
        return answer

    def _exchange(self, command: Command) -> Reply | ReaderFault | ReaderLost:
        try:
            line = self._connection.line()
            self._forget_earlier_answers(line)
            line.write(encode(command), _WRITE_SECONDS)
            return self._await(line)
        except TransportError as error:
            self._connection.drop(error.cause)
            return ReaderLost(error.cause)

    def _forget_earlier_answers(self, line: Transport) -> None:
        while line.read(_READ_BYTES, 0.0):
            pass
        self._replies.reset()

    def _await(self, line: Transport) -> Reply | ReaderFault | ReaderLost:
        deadline = self._monotonic() + self._timing.answer
        damaged = False
        while (left := deadline - self._monotonic()) > 0:
            for piece in self._replies.feed(line.read(_READ_BYTES, left)):
                if isinstance(piece, Reply):
                    return self._judged(piece)
                damaged = True
        if damaged:
            return ReaderFault(ReaderTrouble.LINE, "the answer is damaged")
        self._connection.drop("no answer")
        return ReaderLost("no answer")

    def _judged(self, reply: Reply) -> Reply | ReaderFault:
        self._connection.proved()
        code = reply.status[2]
        if code == _SELF_TEST:
            return ReaderFault(ReaderTrouble.SELF_TEST, reply.status.hex())
        if code == _NOT_AUTHORISED:
            return ReaderFault(ReaderTrouble.NOT_AUTHORISED, reply.status.hex())
        if code in _OUR_COMMAND_DAMAGED:
            return ReaderFault(ReaderTrouble.LINE, f"{reply.status.hex()}: our {_OUR_COMMAND_DAMAGED[code]}")
        return reply
