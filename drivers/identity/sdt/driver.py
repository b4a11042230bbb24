"""The SDT reader: looks for a card, selects it, reads it; the reader is looked for again when it is gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import structlog

from drivers.contracts.identity import (
    DocumentRead,
    DocumentUnreadable,
    IdentityAnswer,
    NoDocument,
    ReaderFault,
    ReaderLost,
    ReaderReady,
    ReaderStatus,
    ReaderTrouble,
    UnreadableReason,
)
from drivers.identity.sdt.card import read_card
from drivers.identity.sdt.dialogue import SdtDialogue, SdtTiming
from drivers.identity.sdt.frames import Command, Reply
from drivers.identity.sdt.module_number import module_number
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic

_log = structlog.get_logger()
_DONE, _FOUND, _NOT_FOUND = 0x90, 0x9F, 0x80
_REFUSED = frozenset({0x31, 0x32})  # mutual authentication of module and card failed
_WRONG_CARD = 0x40
_GONE = frozenset({0x41, 0x80, 0x81, 0x91})  # read failed, not found, select failed, no such item
_SELECT_DATA_BYTES = 8


class SdtReader:
    """Implements `drivers.contracts.identity.IdentityReader` over any transport.

    Most readers find a card that was read only once it has been lifted and laid down again.
    """

    def __init__(
        self,
        connection: Connection,
        monotonic: Monotonic,
        timing: SdtTiming | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timing = timing or SdtTiming()
        self._dialogue = SdtDialogue(connection, monotonic, self._timing)
        self._monotonic = monotonic
        self._sleep = sleep
        self._claim = ThreadClaim("the identity reader")
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Documents read, and documents that could not be read, since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()
        lost = self._dialogue.connect()
        if lost:
            _log.warning("identity.absent", cause=lost.cause)

    def close(self) -> None:
        self._dialogue.close()
        self._claim.release()

    def status(self) -> ReaderStatus:
        self._claim.check()
        answer = self._dialogue.ask(Command.MODULE_STATUS)
        if isinstance(answer, Reply):
            answer = self._dialogue.ask(Command.MODULE_NUMBER) if answer.status[2] == _DONE else _unexpected(answer)
        match answer:
            case Reply(status=status, data=data) if status[2] == _DONE:
                number = module_number(data)
                return ReaderReady(number) if number else _unexpected(answer)
            case Reply():
                return _unexpected(answer)
            case _:
                return answer

    def read(self, seconds: float) -> IdentityAnswer:
        self._claim.check()
        deadline = self._monotonic() + seconds
        while True:
            answer = self._look()
            left = deadline - self._monotonic()
            if not isinstance(answer, NoDocument) or left <= 0:
                return self._count(answer)
            self._sleep(min(left, self._timing.poll))

    def _look(self) -> IdentityAnswer:
        found = self._dialogue.ask(Command.FIND)
        match found:
            case Reply(status=status, data=data) if status[2] == _FOUND and len(data) == 4:
                return self._take_up()
            case Reply(status=status) if status[2] == _NOT_FOUND:
                return NoDocument()
            case Reply():
                return self._refusal(found)
            case _:
                return found

    def _take_up(self) -> IdentityAnswer:
        selected = self._dialogue.ask(Command.SELECT)
        match selected:
            case Reply(status=status, data=data) if status[2] == _DONE and len(data) == _SELECT_DATA_BYTES:
                return self._read_selected()
            case Reply():
                return self._refusal(selected)
            case _:
                return selected

    def _read_selected(self) -> IdentityAnswer:
        answer = self._dialogue.ask(Command.READ)
        match answer:
            case Reply(status=status, data=data) if status[2] == _DONE:
                return read_card(data)
            case Reply():
                return self._refusal(answer)
            case _:
                return answer

    def _refusal(self, reply: Reply) -> DocumentUnreadable | ReaderFault:
        code = reply.status[2]
        if code in _GONE:
            return DocumentUnreadable(UnreadableReason.REMOVED)
        if code in _REFUSED:
            return DocumentUnreadable(UnreadableReason.NOT_GENUINE)
        if code == _WRONG_CARD:
            return DocumentUnreadable(UnreadableReason.FORM)
        return _unexpected(reply)

    def _count(self, answer: IdentityAnswer) -> IdentityAnswer:
        if isinstance(answer, DocumentRead):
            self._reads += 1
        elif isinstance(answer, DocumentUnreadable):
            self._unreadable += 1
            _log.info("identity.unreadable", reason=answer.reason.value)
        elif isinstance(answer, ReaderFault | ReaderLost):
            _log.warning("identity.reader_fails", answer=str(answer))
        return answer


def _unexpected(reply: Reply) -> ReaderFault:
    return ReaderFault(ReaderTrouble.PROTOCOL, f"unexpected status {reply.status.hex()}")
