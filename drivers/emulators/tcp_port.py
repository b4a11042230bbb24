"""A device's network socket on 127.0.0.1: one connection after another."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable

_READ_BYTES = 4096
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: the peer sees a reset


class TcpPort:
    """Hands what comes to `received`, on a thread of its own. `opened` is called with every new connection."""

    def __init__(self, name: str, received: Callable[[bytes], None], opened: Callable[[], None], port: int = 0) -> None:
        self._received = received
        self._opened = opened
        self._sending = threading.Lock()
        self._line: socket.socket | None = None
        self._server = socket.create_server(("127.0.0.1", port))
        self.number: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name=f"{name}-port", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> None:
        """Nothing happens when nobody is there to be told."""
        with self._sending:
            if self._line is not None:
                with contextlib.suppress(OSError):
                    self._line.sendall(data)

    def drop(self) -> None:
        """Resets the connection that stands."""
        with self._sending:
            if self._line is not None:
                self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                self._line.close()
                self._line = None

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._hang_up()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:  # closed
                return
            with self._sending:
                self._line = line
            self._opened()
            with contextlib.suppress(OSError):  # the other side hung up or we did
                while data := line.recv(_READ_BYTES):
                    self._received(data)
            self._hang_up()

    def _hang_up(self) -> None:
        with self._sending:
            if self._line is not None:
                with contextlib.suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)
                self._line.close()
                self._line = None
