"""A printer behind its host: the same answers, from any thread, each within a deadline."""

from __future__ import annotations

import time

from drivers.contracts.printer import (
    NotStarted,
    PrintAnswer,
    Printer,
    PrinterStatus,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
)
from drivers.device_call import DeadlinePassedError, DeviceStoppedError
from drivers.host import DeviceHost

STATUS_SECONDS = 5.0
PRINT_SECONDS = 60.0
_MARGIN_SECONDS = 5.0
_SLICE_SECONDS = 1.0


class HostedPrinter:
    """Asks a printer through its host. A call that was not begun in time printed nothing; one that was may have."""

    def __init__(self, printer: Printer, host: DeviceHost, print_seconds: float = PRINT_SECONDS) -> None:
        self._printer = printer
        self._host = host
        self._print_seconds = print_seconds

    @property
    def width_dots(self) -> int:
        return self._printer.width_dots

    def status(self) -> PrinterStatus:
        try:
            return self._host.call(self._printer.status, STATUS_SECONDS).result()
        except (DeadlinePassedError, DeviceStoppedError) as error:
            return PrinterUnreachable(str(error))

    def print(self, job: PrintJob) -> PrintAnswer:
        try:
            return self._host.call(lambda: self._printer.print(job), self._print_seconds).result()
        except DeadlinePassedError as error:
            return _late(error)
        except DeviceStoppedError as error:
            return NotStarted(PrinterUnreachable(str(error)))

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer:
        """Waits in slices, so that the device can be asked other things meanwhile and stopped at any time."""
        deadline = time.monotonic() + seconds
        while True:
            left = max(0.0, deadline - time.monotonic())
            answer = self._await_slice(process_id, min(left, _SLICE_SECONDS))
            if not isinstance(answer, PrintUnknown) or self._host.is_stopping or left <= _SLICE_SECONDS:
                return answer

    def _await_slice(self, process_id: str, seconds: float) -> PrintAnswer:
        call = self._host.call(lambda: self._printer.await_confirmation(process_id, seconds), seconds + _MARGIN_SECONDS)
        try:
            return call.result()
        except (DeadlinePassedError, DeviceStoppedError) as error:
            return PrintUnknown(str(error), PrinterUnreachable(str(error)))


def _late(error: DeadlinePassedError) -> PrintAnswer:
    unreachable = PrinterUnreachable(str(error))
    return PrintUnknown(str(error), unreachable) if error.started else NotStarted(unreachable)
