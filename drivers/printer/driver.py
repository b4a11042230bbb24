"""The ESC/POS printer: checks, prints, and believes only the printer's own confirmation."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from drivers.contracts.printer import (
    NotStarted,
    PrintAnswer,
    Printed,
    PrinterNotReady,
    PrinterReady,
    PrinterStatus,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    WeaklyConfirmed,
)
from drivers.printer.codec import RETRACT, EncodedJob, encode, filling, parting
from drivers.printer.counts import PrinterCounts
from drivers.printer.dialogue import Dialogue
from drivers.printer.drawer import DrawerWiring, PrinterDrawer
from drivers.printer.rendering import Renderer
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic, Transport, TransportError

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PrinterTiming:
    """How long to wait, in seconds. A job gets its printing time at the model's speed plus `margin`."""

    answer: float = 1.0
    margin: float = 8.0
    poll: float = 0.5
    grace: float = 0.3
    retract: float = 3.0


class EscPosPrinter:
    """Implements `drivers.contracts.printer.Printer` over any transport."""

    def __init__(
        self, connection: Connection, renderer: Renderer, monotonic: Monotonic, timing: PrinterTiming | None = None
    ) -> None:
        self._connection = connection
        self._renderer = renderer
        self._monotonic = monotonic
        self._timing = timing or PrinterTiming()
        self._claim = ThreadClaim("the printer")
        self._dialogue = Dialogue(connection, monotonic, self._timing.answer, renderer.profile.presenter)
        self._is_fresh = True  # an earlier run of this program may have been cut off in the middle of a picture
        self._unsettled: Transport | None = None  # the line of a job whose confirmation is still open
        self._counts = PrinterCounts()

    @property
    def width_dots(self) -> int:
        return self._renderer.profile.width_dots

    def counters(self) -> Mapping[str, int]:
        """Confirmed sheets, cuts, jams and sheets that were drawn back, since the driver was made."""
        return self._counts.by_name()

    def drawer(self, wiring: DrawerWiring) -> PrinterDrawer:
        """The cash drawer at this printer's connector; used on this printer's thread."""
        return PrinterDrawer(self, self._dialogue, wiring, self._monotonic)

    def open(self) -> None:
        self._claim.take()
        try:
            self._connection.line()
        except TransportError as error:
            _log.warning("printer.absent", cause=error.cause)

    def close(self) -> None:
        self._connection.close()
        self._claim.release()

    def status(self) -> PrinterStatus:
        self._claim.check()
        try:
            status = self._dialogue.status()
        except TransportError as error:
            self._connection.drop(error.cause)
            return PrinterUnreachable(error.cause)
        self._connection.proved()
        self._counts.saw(status)
        return status

    def retract(self) -> PrinterStatus:
        """Draws a sheet that nobody took back into the machine; the status after it tells whether it went."""
        self._claim.check()
        before = self.status()
        if not (isinstance(before, PrinterReady) and before.sheet_waiting):
            return before
        try:
            self._dialogue.send(RETRACT)
        except TransportError as error:
            return self._line_lost(error).status
        after = self._once_drawn_back()
        self._counts.retracted += isinstance(after, PrinterReady) and not after.sheet_waiting
        return after

    def print(self, job: PrintJob) -> PrintAnswer:
        self._claim.check()
        encoded = encode(job, self._renderer)
        status = self.status()
        if not isinstance(status, PrinterReady):
            return NotStarted(status)
        seconds = encoded.millimetres / self._renderer.profile.speed_mm_s + self._timing.margin
        self._dialogue.forget(job.process_id)
        answer = self._send(encoded, job.process_id, seconds)
        self._counts.printed(answer, encoded.cuts)
        _log.info("printer.answered", process_id=job.process_id, answer=type(answer).__name__)
        return answer

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer:
        self._claim.check()
        deadline = self._monotonic() + seconds
        while True:
            answer = self._settled(process_id, max(0.0, deadline - self._monotonic()))
            if not isinstance(answer, PrintUnknown) or self._monotonic() >= deadline:
                return answer
            time.sleep(min(self._timing.poll, max(0.0, deadline - self._monotonic())))

    def _once_drawn_back(self) -> PrinterStatus:
        deadline = self._monotonic() + self._timing.retract
        while True:
            status = self.status()
            if not (isinstance(status, PrinterReady) and status.sheet_waiting) or self._monotonic() >= deadline:
                return status
            time.sleep(self._timing.poll)

    def _send(self, encoded: EncodedJob, process_id: str, seconds: float) -> PrintAnswer:
        try:
            line = self._connection.line()
            clearing, self._unsettled = self._clearing(line), line
            line.write(clearing + encoded.data, seconds)
            self._is_fresh = False
            return self._settle(process_id, seconds)
        except TransportError as error:
            return self._line_lost(error)

    def _clearing(self, line: Transport) -> bytes:
        """What goes before a job: a printer that was cut off in a picture would take the job's head for its rest."""
        if self._is_fresh:
            return filling(self._renderer.profile)
        if self._unsettled is None or self._unsettled is line:
            return b""
        return filling(self._renderer.profile) + parting(self._renderer.profile)

    def _settle(self, process_id: str, seconds: float) -> PrintAnswer:
        """Waits for the confirmation; gives up early when the printer says that it stands still.

        Raises TransportError when the line is lost.
        """
        deadline = self._monotonic() + seconds
        while not self._confirmed(process_id):
            left = deadline - self._monotonic()
            if left <= 0:
                return self._overdue(process_id)
            if self._dialogue.listen(min(left, self._timing.poll)):
                continue
            status = self._dialogue.status_if_answered()
            if isinstance(status, PrinterNotReady) and not self._late(process_id):
                self._counts.saw(status)
                return PrintUnknown(_standstill(status), status)
        return self._confirmation()

    def _settled(self, process_id: str, seconds: float) -> PrintAnswer:
        try:
            return self._settle(process_id, seconds)
        except TransportError as error:
            return self._line_lost(error)

    def _overdue(self, process_id: str) -> PrintAnswer:
        status = self.status()  # the confirmation may come with its answers
        return self._confirmation() if self._confirmed(process_id) else PrintUnknown("no confirmation in time", status)

    def _line_lost(self, error: TransportError) -> PrintUnknown:
        self._connection.drop(error.cause)
        return PrintUnknown(error.cause, PrinterUnreachable(error.cause))

    def _late(self, process_id: str) -> bool:
        """Whether the confirmation was on its way while the fault came up (the last sheet of a roll)."""
        self._dialogue.listen(self._timing.grace)
        return self._confirmed(process_id)

    def _confirmed(self, process_id: str) -> bool:
        if self._renderer.profile.process_id:
            return self._dialogue.is_done(process_id)
        return self._dialogue.is_parsed()

    def _confirmation(self) -> PrintAnswer:
        self._unsettled = None
        if self._renderer.profile.process_id:
            return Printed()
        status = self.status()
        return WeaklyConfirmed() if isinstance(status, PrinterReady) else PrintUnknown("a fault followed", status)


def _standstill(status: PrinterNotReady) -> str:
    return "the printer stopped: " + ", ".join(sorted(fault.value for fault in status.faults))
