"""A pty behind a path that stays the same: the socket of a serial or USB device, plugged in and pulled. POSIX only."""

from __future__ import annotations

import contextlib
import os
import select
import tempfile
import threading
import tty
from collections.abc import Callable
from pathlib import Path

_READ_BYTES = 4096


class PtyPort:
    """Hands what the other side sends to `received`, on a thread of its own. Plugged in from the start."""

    def __init__(self, name: str, received: Callable[[bytes], None] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=f"{name}-")
        self._link = Path(self._folder.name) / "port"
        self._name = name
        self._received = received or (lambda _: None)
        self._lock = threading.Lock()
        self._master: int | None = None
        self._alarm: int | None = None
        self._thread: threading.Thread | None = None
        self.plug()

    @property
    def path(self) -> Path:
        """Where the device is found; nothing is there while it is unplugged."""
        return self._link

    @property
    def is_plugged(self) -> bool:
        with self._lock:
            return self._master is not None

    def plug(self) -> None:
        """Connects a new pty behind the same path."""
        with self._lock:
            if self._master is not None:
                return
            master, slave = os.openpty()
            tty.setraw(slave)  # no echo: bytes of the other side must not come back to it
            os.set_blocking(master, False)  # bytes that nobody reads are lost, as on a real line
            self._link.symlink_to(os.ttyname(slave))
            wake, self._alarm = os.pipe()
            self._master = master
            self._thread = threading.Thread(
                target=self._listen, args=(master, slave, wake), name=f"{self._name}-port", daemon=True
            )
            self._thread.start()

    def unplug(self) -> None:
        """Takes the device away: an open port fails, the path is gone."""
        with self._lock:
            master, self._master = self._master, None
            alarm, self._alarm = self._alarm, None
            thread, self._thread = self._thread, None
        if master is None or alarm is None or thread is None:
            return
        self._link.unlink()
        os.close(alarm)
        if thread is not threading.current_thread():
            thread.join()

    def send(self, data: bytes) -> None:
        """Nothing happens while it is unplugged."""
        with self._lock:
            if self._master is not None:
                with contextlib.suppress(OSError):
                    os.write(self._master, data)

    def close(self) -> None:
        self.unplug()
        self._folder.cleanup()

    def _listen(self, master: int, slave: int, wake: int) -> None:
        """Holds the slave open too, so that a port that nobody has open yet does not look broken."""
        try:
            while wake not in select.select([master, wake], [], [])[0]:
                self._received(os.read(master, _READ_BYTES))
        except OSError:
            pass  # pulled
        finally:
            for end in (slave, master, wake):
                os.close(end)
