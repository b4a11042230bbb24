"""One command and all that a terminal says until it has ended it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.payment.zvt import apdu
from drivers.payment.zvt.apdu import Apdu
from drivers.payment.zvt.link import Link
from drivers.payment.zvt.receipts import Receipts
from drivers.payment.zvt.settings import ZvtTiming
from drivers.payment.zvt.status import StatusInformation, read_status
from drivers.transport.line import Monotonic, TransportError

_SLICE_SECONDS = 0.1  # how long a cancel waits to be seen
_UNKNOWN_COMMAND = Apdu(0x8483)
_OK = Apdu(apdu.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Completed:
    """06 0F: carried out."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Aborted:
    """06 1E: begun and given up."""

    code: int


@dataclass(frozen=True, slots=True)
class Refused:
    """84 xx: not begun."""

    code: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Nobody knows: the line was cut, the terminal fell silent or said what cannot be understood."""

    cause: str


End = Completed | Aborted | Refused | Broken


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what was said before: the last status information and the receipts."""

    end: End
    status: StatusInformation | None
    receipts: Receipts = field(repr=False)


class Dialogue:
    """Speaks over one link."""

    def __init__(self, link: Link, timing: ZvtTiming, charset: str, monotonic: Monotonic) -> None:
        self._link = link
        self._timing = timing
        self._charset = charset
        self._monotonic = monotonic

    def run(
        self,
        command: Apdu,
        hear: Callable[[int], None] = lambda _: None,
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> Said:
        """Sends the command and answers the terminal until it ends it. `hear` is told each intermediate state.

        `is_given_up` is looked at all the time; when it says so, the terminal is asked to abort.
        """
        turn = _Turn(hear, Receipts(self._charset))
        try:
            end = self._begin(command) or self._follow(turn, is_given_up)
        except TransportError as error:
            end = Broken(error.cause)
        return Said(end, turn.status, turn.receipts)

    def ask_to_abort(self) -> None:
        """Asks the terminal to end whatever it is at; how it ends is asked later."""
        try:
            self._link.send(Apdu(apdu.ABORT_REQUEST))
            self._receive(self._monotonic() + self._timing.acknowledge)
        except TransportError:
            pass  # it may end by itself

    def _begin(self, command: Apdu) -> End | None:
        """None once the terminal has acknowledged the command."""
        self._link.send(command)
        answer = self._receive(self._monotonic() + self._timing.acknowledge)
        if answer is None:
            return Broken("the terminal does not acknowledge")
        if answer.command == apdu.ACKNOWLEDGED:
            return None
        if answer.command >> 8 == apdu.REFUSED_CLASS:
            return Refused(answer.command & 0xFF)
        return Broken("an answer to something else")

    def _follow(self, turn: _Turn, is_given_up: Callable[[], bool]) -> End:
        ends_at, aborting = self._monotonic() + self._timing.payment, False
        silent_at = self._monotonic() + self._timing.silence
        while self._monotonic() < min(ends_at, silent_at):
            if not aborting and is_given_up():
                aborting = True
                self._link.send(Apdu(apdu.ABORT_REQUEST))
            message = self._link.receive(_SLICE_SECONDS)
            if message is None:
                continue
            silent_at = self._monotonic() + self._timing.silence
            end = self._take(turn, message)
            if end is not None:
                return end
        return Broken("the terminal fell silent")

    def _take(self, turn: _Turn, message: Apdu) -> End | None:
        if message.command == apdu.ACKNOWLEDGED or message.command >> 8 == apdu.REFUSED_CLASS:
            return None  # the answer to our wish to abort
        known, end = turn.take(message)
        self._link.send(_OK if known else _UNKNOWN_COMMAND)
        return end

    def _receive(self, deadline: float) -> Apdu | None:
        while self._monotonic() < deadline:
            message = self._link.receive(_SLICE_SECONDS)
            if message is not None:
                return message
        return None


class _Turn:
    """What is collected while one command runs."""

    def __init__(self, hear: Callable[[int], None], receipts: Receipts) -> None:
        self._hear = hear
        self.receipts = receipts
        self.status: StatusInformation | None = None

    def take(self, message: Apdu) -> tuple[bool, End | None]:
        """Whether the message was understood, and the end if it is one."""
        match message.command:
            case apdu.INTERMEDIATE_STATUS if message.data:
                self._hear(message.data[0])
                return True, None
            case apdu.STATUS_INFORMATION:
                self.status = read_status(message.data)
                return self.status is not None, None if self.status else Broken("a status that cannot be read")
            case apdu.PRINT_LINE | apdu.PRINT_TEXT_BLOCK:
                return self.receipts.add(message), None
            case apdu.COMPLETION:
                return True, Completed(message.data)
            case apdu.ABORT if message.data:
                return True, Aborted(message.data[0])
            case _:
                return False, None
