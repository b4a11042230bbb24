"""A device belongs to the thread that opened it."""

from __future__ import annotations

import threading


class ThreadClaim:
    """Refuses calls on a closed device and calls from another thread: both are mistakes of ours."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._owner: int | None = None

    def take(self) -> None:
        """Claims the device for this thread. Raises RuntimeError when another thread holds it."""
        if self._owner not in {None, threading.get_ident()}:
            raise RuntimeError(f"{self._device} is held by another thread")
        self._owner = threading.get_ident()

    def check(self) -> None:
        """Raises RuntimeError when the device is not open or the call comes from another thread."""
        if self._owner is None:
            raise RuntimeError(f"{self._device} is not open")
        if self._owner != threading.get_ident():
            raise RuntimeError(f"{self._device} was called outside its thread")

    def release(self) -> None:
        self._owner = None
