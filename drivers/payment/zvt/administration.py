"""What staff ask of a card terminal: its state, a diagnosis, the end of its day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from drivers.payment.zvt import commands
from drivers.payment.zvt.apdu import Apdu
from drivers.payment.zvt.codes import BUSY
from drivers.payment.zvt.dialogue import Aborted, Broken, Completed, Refused, Said
from drivers.payment.zvt.session import Sessions, TerminalBusyError
from drivers.payment.zvt.settings import ZvtSettings, ZvtTiming
from drivers.transport.line import TransportError

_READY = 0x00


@dataclass(frozen=True, slots=True)
class TerminalReport:
    """Done. `amount_minor` is the turnover of an end of day, None elsewhere; `lines` are what it wants printed."""

    amount_minor: int | None
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TerminalRefusal:
    """Not done, with the terminal's result code."""

    code: int


@dataclass(frozen=True, slots=True)
class TerminalSilent:
    """Not reached, or nobody knows whether it was done."""

    cause: str


@dataclass(frozen=True, slots=True)
class TerminalAtWork:
    """Not done: somebody pays at it."""


AdministrationAnswer = TerminalReport | TerminalRefusal | TerminalSilent | TerminalAtWork


class Administration:
    """Each call blocks until the terminal has done it, and runs off the main thread."""

    def __init__(self, settings: ZvtSettings, sessions: Sessions) -> None:
        self._settings = settings
        self._sessions = sessions

    def end_of_day(self) -> AdministrationAnswer:
        """Hands the day's turnover to the bank. Afterwards nothing of it can be reversed, only refunded."""
        return self._ask(commands.end_of_day(self._settings))

    def diagnosis(self) -> AdministrationAnswer:
        """Lets the terminal call its host."""
        return self._ask(commands.diagnosis())

    def status(self) -> AdministrationAnswer:
        """Whether it is ready for a payment."""
        timing = self._settings.timing
        prompt = replace(timing, silence=timing.acknowledge, payment=2 * timing.acknowledge)
        said = self._run(commands.status_enquiry(self._settings), prompt)
        state = said.end.data[:1] if isinstance(said, Said) and isinstance(said.end, Completed) else b""
        return TerminalRefusal(state[0]) if state and state[0] != _READY else _read(said)

    def _ask(self, command: Apdu) -> AdministrationAnswer:
        return _read(self._run(command))

    def _run(self, command: Apdu, timing: ZvtTiming | None = None) -> Said | TerminalSilent | TerminalAtWork:
        try:
            with self._sessions.open(timing) as dialogue:
                return dialogue.run(command)
        except TransportError as error:
            return TerminalSilent(error.cause)
        except TerminalBusyError:
            return TerminalAtWork()


def _read(said: Said | TerminalSilent | TerminalAtWork) -> AdministrationAnswer:
    if not isinstance(said, Said):
        return said
    match said.end:
        case Completed():
            if said.status is not None and not said.status.succeeded:
                return TerminalRefusal(said.status.result)
            return TerminalReport(said.status.amount_minor if said.status else None, said.receipts.all_lines)
        case Aborted(code) | Refused(code):
            return TerminalAtWork() if code == BUSY else TerminalRefusal(code)
        case Broken(cause):
            return TerminalSilent(cause)
