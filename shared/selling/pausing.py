"""Waiting that ends at once when the machine is closing."""

from __future__ import annotations

import threading


class MachineClosing(Exception):  # noqa: N818 - not an error: the journal goes on from here at the next start
    """Raised out of a wait: the step under way is left to the next start."""


class Pause:
    """`pause(seconds)` waits; after `close()` every wait raises MachineClosing."""

    def __init__(self) -> None:
        self._closing = threading.Event()

    def __call__(self, seconds: float) -> None:
        if self._closing.wait(seconds):
            raise MachineClosing

    def close(self) -> None:
        self._closing.set()
