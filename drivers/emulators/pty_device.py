"""A device at a serial port that can be pulled. POSIX only."""

from __future__ import annotations

from collections.abc import Callable

from drivers.emulators.closing import Closing
from drivers.emulators.pty_port import PtyPort


class PtyDevice(Closing):
    """Its port is a link that stays the same while the pty behind it changes with every plugging in."""

    def __init__(self, name: str, received: Callable[[bytes], None] | None = None) -> None:
        self._port = PtyPort(name, received)

    @property
    def address(self) -> str:
        """Where the driver finds it."""
        return f"serial://{self._port.path}"

    def plug(self) -> None:
        """Connects a new pty behind the same path; nothing happens while it is plugged in."""
        self._port.plug()

    def unplug(self) -> None:
        """Takes the device away: an open port fails, the path is gone."""
        self._port.unplug()

    def close(self) -> None:
        self._port.close()
