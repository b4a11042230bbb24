"""A call to a device that ends for its caller at the deadline, whatever the device does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

_T = TypeVar("_T")


class DeadlinePassedError(TimeoutError):
    """The device did not answer in time. `started` False: nothing was done and nothing will be; True: unknown."""

    def __init__(self, started: bool) -> None:
        super().__init__("the device did not answer in time" if started else "the device was busy until the deadline")
        self.started = started


class DeviceStoppedError(Exception):
    """The device was shut down before the call began: nothing was done."""


class DeviceCall(Generic[_T]):
    """Settles its future exactly once: by the answer, by the deadline or by the shutdown, whichever is first."""

    def __init__(self, function: Callable[[], _T], deadline_seconds: float) -> None:
        self.future: Future[_T] = Future()
        self._function = function
        self._lock = threading.Lock()
        self._started = self._settled = False
        self._timer = threading.Timer(deadline_seconds, self._expire)
        self._timer.name = "device-deadline"
        self._timer.daemon = True
        self.future.set_running_or_notify_cancel()  # from here on only we settle it
        self._timer.start()

    @property
    def is_overdue(self) -> bool:
        """Began, passed its deadline and is still at it."""
        with self._lock:
            return self._started and self._settled

    def run(self) -> Exception | None:
        """Calls the device, unless the deadline has passed. Returns what the function raised."""
        with self._lock:
            if self._settled:
                return None
            self._started = True
        try:
            answer = self._function()
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the caller gets it
            self._fail(error)
            return error
        self._settle(lambda: self.future.set_result(answer))
        return None

    def refuse(self) -> None:
        """The device stops: a call that has not begun is given up."""
        self._fail(DeviceStoppedError("the device was shut down"))

    def _expire(self) -> None:
        self._fail(DeadlinePassedError(self._started))

    def _fail(self, error: Exception) -> None:
        self._settle(lambda: self.future.set_exception(error))

    def _settle(self, outcome: Callable[[], None]) -> None:
        with self._lock:
            if self._settled:
                return
            self._settled = True
        self._timer.cancel()
        outcome()
