"""A device that hangs: it takes every connection and never says a word. It may also stop reading."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

from drivers.emulators.closing import Closing


class BlackHole(Closing):
    """On 127.0.0.1. `reads` False: what is sent stays in the line until that is full."""

    def __init__(self, reads: bool = True) -> None:
        self._reads = reads
        self._lines: list[socket.socket] = []
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def port(self) -> int:
        number: int = self._server.getsockname()[1]
        return number

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        """How many were taken so far."""
        with self._lock:
            return len(self._lines)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        for thread in list(self._threads):
            thread.join()

    def _start(self, task: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=task, args=arguments, name="black-hole", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:  # closed
                return
            with self._lock:
                self._lines.append(line)
            if self._reads:
                self._start(self._swallow, line)

    def _swallow(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while line.recv(65536):
                pass
