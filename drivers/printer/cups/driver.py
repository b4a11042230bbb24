"""A printer behind a raw queue: the handing over is confirmed, the paper only weakly.

For printers that only a vendor's or the system's backend can reach. Where the line itself can be had, `escpos` says
more: it hears the printer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import structlog

from drivers.contracts.printer import (
    NotStarted,
    PrintAnswer,
    PrinterNotReady,
    PrinterReady,
    PrinterStatus,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    WeaklyConfirmed,
)
from drivers.printer.codec import encode
from drivers.printer.counts import PrinterCounts
from drivers.printer.cups.ipp import IppAnswer
from drivers.printer.cups.queue import PrintQueue, QueueError
from drivers.printer.cups.states import JOB_COMPLETED, JOB_GIVEN_UP, JOB_WANTED, PRINTER_WANTED, printer_status
from drivers.printer.driver import PrinterTiming
from drivers.printer.rendering import Renderer
from drivers.thread_claim import ThreadClaim
from drivers.transport.line import Monotonic

_log = structlog.get_logger()
_GIVEN_UP = "the print service gave the job up"
_NOT_GIVEN = "the print service was not given this job"


class CupsPrinter:
    """Implements `drivers.contracts.printer.Printer`. After a restart of the program it knows no earlier job."""

    def __init__(self, queue: PrintQueue, renderer: Renderer, monotonic: Monotonic, timing: PrinterTiming) -> None:
        self._queue = queue
        self._renderer = renderer
        self._monotonic = monotonic
        self._timing = timing
        self._claim = ThreadClaim("the printer")
        self._jobs: dict[str, int] = {}  # process id -> the service's number of the job
        self._counts = PrinterCounts()

    @property
    def width_dots(self) -> int:
        return self._renderer.profile.width_dots

    def counters(self) -> Mapping[str, int]:
        """Sheets and cuts that the service completed, and jams, since the driver was made."""
        return self._counts.by_name()

    def open(self) -> None:
        self._claim.take()

    def close(self) -> None:
        self._queue.close()
        self._claim.release()

    def status(self) -> PrinterStatus:
        self._claim.check()
        try:
            status = printer_status(self._queue.printer(PRINTER_WANTED))
        except QueueError as error:
            return PrinterUnreachable(error.cause)
        self._counts.saw(status)
        return status

    def print(self, job: PrintJob) -> PrintAnswer:
        self._claim.check()
        encoded = encode(job, self._renderer)
        status = self.status()
        if not isinstance(status, PrinterReady):
            return NotStarted(status)
        seconds = encoded.millimetres / self._renderer.profile.speed_mm_s + self._timing.margin
        answer = self._submit(job, encoded.data) or self._wait(job.process_id, seconds, until_mended=False)
        self._counts.printed(answer, encoded.cuts)
        _log.info("printer.answered", process_id=job.process_id, answer=type(answer).__name__)
        return answer

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer:
        self._claim.check()
        return self._wait(process_id, seconds, until_mended=True)

    def _wait(self, process_id: str, seconds: float, *, until_mended: bool) -> PrintAnswer:
        """Asks again and again; a printer that stands still ends it, unless it is to be mended meanwhile."""
        deadline = self._monotonic() + seconds
        while True:
            answer = self._settled(process_id)
            stands = isinstance(answer, PrintUnknown) and isinstance(answer.status, PrinterNotReady)
            if not _is_open(answer) or (stands and not until_mended) or self._monotonic() >= deadline:
                return answer
            time.sleep(min(self._timing.poll, max(0.0, deadline - self._monotonic())))

    def _submit(self, job: PrintJob, data: bytes) -> PrintAnswer | None:
        """Hands the job over; None when the service took it."""
        self._jobs.pop(job.process_id, None)
        try:
            answer = self._queue.submit(job.job_id, data)
        except QueueError as error:
            unreachable = PrinterUnreachable(error.cause)
            return NotStarted(unreachable) if error.untouched else PrintUnknown(error.cause, unreachable)
        number = answer.number("job-id") if answer.is_success else None
        if number is None:
            return NotStarted(PrinterUnreachable(f"the print service refuses the job with status {answer.status:04x}"))
        self._jobs[job.process_id] = number
        return None

    def _settled(self, process_id: str) -> PrintAnswer:
        number = self._jobs.get(process_id)
        if number is None:
            return PrintUnknown(_NOT_GIVEN, self.status())
        try:
            job = self._queue.job(number, JOB_WANTED)
        except QueueError as error:
            return PrintUnknown(error.cause, PrinterUnreachable(error.cause))
        return WeaklyConfirmed() if job.number("job-state") == JOB_COMPLETED else self._open(job)

    def _open(self, job: IppAnswer) -> PrintUnknown:
        gone = not job.is_success or job.number("job-state") in JOB_GIVEN_UP
        return PrintUnknown(_GIVEN_UP if gone else "the job waits in the queue", self.status())


def _is_open(answer: PrintAnswer) -> bool:
    """Whether waiting may bring another answer."""
    return isinstance(answer, PrintUnknown) and answer.cause not in {_GIVEN_UP, _NOT_GIVEN}
