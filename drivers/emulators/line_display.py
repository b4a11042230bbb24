"""A CD5220 customer display on a pty: it keeps the 40 characters that a customer would see."""

from __future__ import annotations

import threading

from drivers.emulators.line_display_screen import LineScreen
from drivers.emulators.pty_device import PtyDevice


class LineDisplayEmulator(PtyDevice):
    """Shows text; `unplug` takes it away, and with the current goes the text."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._screen = LineScreen()
        self._received = b""
        super().__init__("display", self._receive)

    @property
    def lines(self) -> tuple[str, str]:
        """What stands there, 20 cells each; a Chinese character takes two."""
        with self._changed:
            return self._screen.lines

    @property
    def brightness(self) -> int:
        with self._changed:
            return self._screen.brightness

    @property
    def received(self) -> bytes:
        """All bytes so far."""
        with self._changed:
            return self._received

    def wait_for(self, upper: str, lower: str, seconds: float = 2.0) -> None:
        """Returns once both lines stand there, trailing blanks aside. Raises TimeoutError."""

        def stands() -> bool:
            return tuple(line.rstrip() for line in self._screen.lines) == (upper, lower)

        with self._changed:
            if not self._changed.wait_for(stands, seconds):
                raise TimeoutError(f"{self._screen.lines} after {seconds} s")

    def unplug(self) -> None:
        super().unplug()
        with self._changed:
            self._screen = LineScreen()

    def _receive(self, data: bytes) -> None:
        with self._changed:
            self._received += data
            self._screen.feed(data)
            self._changed.notify_all()
