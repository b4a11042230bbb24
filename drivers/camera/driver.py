"""A camera with a thread of its own that keeps the newest picture only: who looks, sees now and not a queue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import numpy as np
import structlog

from drivers.camera.source import OpenSource, PictureSource
from drivers.contracts.camera import CameraAnswer, CameraFrozen, CameraLost, Frame, NoNewFrame, Pixels
from drivers.transport.connection import BackOff
from drivers.transport.line import Monotonic, TransportError

_log = structlog.get_logger()
_STOP_SECONDS = 5.0
_SAMPLE = 16  # every 16th pixel tells quickly that two pictures differ


class ThreadedCamera:
    """Implements `drivers.contracts.camera.Camera`. Who shares it opens and closes it too; the last one stops it.

    A picture that stays the same to the last bit for `frozen_seconds` is a fault: a sensor always has some noise.
    """

    def __init__(
        self, open_source: OpenSource, monotonic: Monotonic, chance: Callable[[], float], frozen_seconds: float = 3.0
    ) -> None:
        self._open_source = open_source
        self._monotonic = monotonic
        self._chance = chance
        self._frozen_seconds = frozen_seconds
        self._backoff = BackOff()
        self._state = threading.Condition()  # guards all below
        self._users = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._newest: Frame | None = None
        self._changed_at = 0.0
        self._lost: str | None = None
        self._frames = self._losses = 0

    def counters(self) -> Mapping[str, int]:
        """Pictures taken, and how often the camera was lost, since the driver was made."""
        with self._state:
            return {"frames": self._frames, "losses": self._losses}

    def open(self) -> None:
        with self._state:
            self._users += 1
            if self._users > 1:
                return
            self._stop = threading.Event()
            self._newest, self._lost = None, None
            self._thread = threading.Thread(target=self._run, args=(self._stop,), name="camera", daemon=True)
            self._thread.start()

    def close(self) -> None:
        with self._state:
            self._users = max(0, self._users - 1)
            thread = self._thread if self._users == 0 else None
            if thread is None:
                return
            self._thread = None
            self._stop.set()
        thread.join(_STOP_SECONDS)
        if thread.is_alive():
            _log.error("camera.stop_timed_out")

    def next_frame(self, after: int, seconds: float) -> CameraAnswer:
        with self._state:
            self._state.wait_for(lambda: self._lost is not None or self._number > after, seconds)
            if self._lost is not None:
                return CameraLost(self._lost)
            if self._newest is None or self._newest.number <= after:
                return NoNewFrame()
            still = self._newest.taken_at - self._changed_at
            return CameraFrozen(still) if still >= self._frozen_seconds else self._newest

    @property
    def _number(self) -> int:
        return self._newest.number if self._newest else 0

    def _run(self, stop: threading.Event) -> None:
        failures = 0
        while not stop.wait(self._backoff.pause(failures, self._chance())):
            try:
                source = self._open_source()
            except TransportError as error:
                failures += 1
                self._lose(error.cause)
                continue
            failures = 0 if self._follow(source, stop) else failures + 1

    def _follow(self, source: PictureSource, stop: threading.Event) -> bool:
        """Takes pictures until the camera fails; whether there was any."""
        taken = False
        try:
            while not stop.is_set():
                self._keep(source.grab())
                taken = True
        except TransportError as error:
            self._lose(error.cause)
        finally:
            source.close()
        return taken

    def _keep(self, pixels: Pixels) -> None:
        now = self._monotonic()
        with self._state:
            if self._newest is None or not _same(pixels, self._newest.pixels):
                self._changed_at = now
            self._frames += 1
            self._newest = Frame(self._number + 1, now, pixels)
            self._lost = None
            self._state.notify_all()

    def _lose(self, cause: str) -> None:
        with self._state:
            if self._lost is None:
                self._losses += 1
                _log.warning("camera.lost", cause=cause)
            self._lost = cause
            self._state.notify_all()


def _same(one: Pixels, other: Pixels) -> bool:
    sample = np.s_[::_SAMPLE, ::_SAMPLE]
    return one.shape == other.shape and np.array_equal(one[sample], other[sample]) and np.array_equal(one, other)
