"""One named thread and queue per device: calls with a deadline, attendance while idle, health, statistics."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Protocol, TypeVar

import structlog

from drivers.attendance import Attend
from drivers.contracts.device import DeviceReading
from drivers.device_call import DeviceCall, DeviceStoppedError
from drivers.health import Health, Lost, described
from drivers.odometer import Odometer, Totals
from drivers.transport.line import Monotonic

_log = structlog.get_logger()
_T = TypeVar("_T")
_LOST_PAUSE_SECONDS = 0.25  # how often a lost device is tried; its connection's back-off decides what comes of it
_STOP_SECONDS = 2.0
_WRITE_DOWN_SECONDS = 60.0


class Device(Protocol):
    """What a host needs of a driver. Drivers make lost connections anew by themselves, on the next call."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def counters(self) -> Mapping[str, int]:
        """What the device did, by name (`sheets`, `cuts`, `reads`)."""
        ...


class DeviceHost:
    """Owns a device from `start` to `stop`. `attend` runs every `pause_seconds` while no call is waiting.

    `odometer` keeps the statistics over restarts: written every minute and at the end.
    """

    def __init__(
        self,
        name: str,
        device: Device,
        attend: Attend,
        pause_seconds: float,
        monotonic: Monotonic,
        odometer: Odometer | None = None,
    ) -> None:
        self._name = name
        self._device = device
        self._attend = attend
        self._pause = pause_seconds
        self._monotonic = monotonic
        self._queue: queue.SimpleQueue[DeviceCall[object] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()  # guards what callers read: health, running, counts, stopping
        self._listeners: list[Callable[[Health], None]] = []
        self._health: Health = Lost("not started")
        self._running: DeviceCall[object] | None = None
        self._calls = self._failures = self._timeouts = 0
        self._stopping = False
        self._started_at = self._saved_at = monotonic()
        self._odometer = odometer
        self._before = odometer.read(name) if odometer else Totals()
        self._thread = threading.Thread(target=self._run, name=f"device-{name}", daemon=True)

    @property
    def health(self) -> Health:
        """The last finding; Lost while a call hangs beyond its deadline."""
        with self._lock:
            hangs = self._running is not None and self._running.is_overdue
            return Lost("the device does not come back from a call") if hangs else self._health

    @property
    def is_stopping(self) -> bool:
        """Whether `stop` was called: no further call will be begun."""
        with self._lock:
            return self._stopping

    def add_listener(self, listener: Callable[[Health], None]) -> None:
        """Calls `listener` on the device's thread whenever the health has changed."""
        with self._lock:
            self._listeners.append(listener)

    @property
    def name(self) -> str:
        return self._name

    def statistics(self) -> Totals:
        """Since the start."""
        with self._lock:
            hours = (self._monotonic() - self._started_at) / 3600
            return Totals(hours, self._calls, self._failures, self._timeouts, dict(self._device.counters()))

    def lifetime(self) -> Totals:
        """In the device's whole life, as far as it is written down."""
        return self._before.plus(self.statistics())

    def reading(self) -> DeviceReading:
        """How the device is and what it did, for others than the drivers."""
        state, code, text = described(self.health)
        life = self.lifetime()
        seconds = round(life.hours * 3600)
        return DeviceReading(self._name, state, code, text, seconds, life.failures, life.timeouts, life.counters)

    def start(self) -> None:
        self._started_at = self._monotonic()
        self._thread.start()

    def stop(self, seconds: float = _STOP_SECONDS) -> bool:
        """Refuses waiting calls, closes the device; False when it hangs so that the thread was left behind."""
        with self._lock:
            self._stopping = True
        if self._thread.ident is None:  # never started
            self._refuse_waiting()
            return True
        self._queue.put(None)
        self._thread.join(seconds)
        if self._thread.is_alive():
            _log.error("device.stop_timed_out", device=self._name)
        return not self._thread.is_alive()

    def call(self, function: Callable[[], _T], deadline_seconds: float) -> Future[_T]:
        """Runs `function` on the device's thread, after the calls before it.

        The future fails with DeadlinePassedError, DeviceStoppedError, or whatever the function raised.
        """
        call = DeviceCall(function, deadline_seconds)
        call.future.add_done_callback(self._count)
        with self._lock:
            stopping = self._stopping
            if not stopping:
                self._queue.put(call)  # type: ignore[arg-type]  # a call of T is one of object to the thread
        if stopping:
            call.refuse()
        return call.future

    def _count(self, future: Future[_T]) -> None:
        error = future.exception()
        with self._lock:
            self._calls += 1
            self._timeouts += isinstance(error, TimeoutError)
            self._failures += error is not None and not isinstance(error, TimeoutError | DeviceStoppedError)

    def _run(self) -> None:
        self._guard(self._device.open)
        due = self._monotonic()
        while not self._stopping:
            call = self._next(max(0.0, due - self._monotonic()))
            if call is not None:
                self._perform(call)
                due = self._monotonic()  # look at the device after it worked
            elif not self._stopping:
                due = self._monotonic() + self._look_after()
        self._refuse_waiting()
        self._guard(self._write_down)
        self._guard(self._device.close)

    def _next(self, seconds: float) -> DeviceCall[object] | None:
        try:
            return self._queue.get(timeout=seconds)
        except queue.Empty:
            return None

    def _perform(self, call: DeviceCall[object]) -> None:
        with self._lock:
            self._running = call
        error = call.run()
        with self._lock:
            self._running = None
        if error is not None:
            _log.error("device.call_failed", device=self._name, exc_info=error)

    def _look_after(self) -> float:
        """Attends once; returns the seconds until the next time."""
        health = self._guard(self._attend) or Lost("an internal error, see the log")
        with self._lock:
            changed = health != self._health
            self._health = health
            listeners = list(self._listeners)
        if self._monotonic() - self._saved_at >= _WRITE_DOWN_SECONDS:
            self._guard(self._write_down)
        if changed:
            _log.info("device.health", device=self._name, health=str(health))
            for listener in listeners:
                self._guard(lambda listener=listener: listener(health))  # type: ignore[misc]
        return max(self._pause, _LOST_PAUSE_SECONDS) if isinstance(health, Lost) else self._pause

    def _write_down(self) -> None:
        self._saved_at = self._monotonic()
        if self._odometer is not None:
            self._odometer.write(self._name, self.lifetime())

    def _guard(self, step: Callable[[], _T]) -> _T | None:
        """The edge of the thread: a mistake of ours is logged and the device is kept going."""
        try:
            return step()
        except Exception:  # noqa: BLE001 - logged whole, the next attendance tells
            _log.exception("device.internal_error", device=self._name)
            return None

    def _refuse_waiting(self) -> None:
        while True:
            try:
                call = self._queue.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                call.refuse()
