"""A line that can be cut: a TCP relay on loopback in front of any host and port."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Callable

from drivers.emulators.closing import Closing

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: the peer sees a reset
_CHUNK_BYTES = 65536
_CONNECT_SECONDS = 5.0


class NetworkLine(Closing):
    """Relays connections to `host:port`. Cut, it resets those that stand and refuses new ones on the same port."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._delay = 0.0
        self._lock = threading.Lock()
        self._calls: list[_Call] = []
        self._server: socket.socket | None = None
        self._acceptor: threading.Thread | None = None
        self._port = 0
        self.restore()

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        """The near end's port; it stays the same over a cut."""
        return self._port

    @property
    def is_cut(self) -> bool:
        with self._lock:
            return self._server is None

    def cut(self) -> None:
        """Nobody gets through until `restore`."""
        with self._lock:
            server, self._server = self._server, None
            calls, self._calls = self._calls, []
        if server is not None:
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
            server.close()
        for call in calls:
            call.hang_up()
        if self._acceptor is not None:
            self._acceptor.join()

    def restore(self) -> None:
        """New connections get through again."""
        with self._lock:
            if self._server is not None:
                return
            self._server = socket.create_server(("127.0.0.1", self._port))
            self._port = self._server.getsockname()[1]
            self._acceptor = threading.Thread(target=self._accept, args=(self._server,), name="line", daemon=True)
            self._acceptor.start()

    def delay(self, seconds: float) -> None:
        """Holds every piece of data back for `seconds`; 0 ends it."""
        self._delay = seconds

    def close(self) -> None:
        """Cut for good."""
        self.cut()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                near, _ = server.accept()
            except OSError:  # cut
                return
            try:
                far = socket.create_connection(self._target, _CONNECT_SECONDS)
            except OSError:  # nobody at the other end: to the near end it looks like a cut
                _reset(near)
                continue
            call = _Call(near, far, lambda: self._delay)
            with self._lock:
                is_cut = self._server is not server
                self._calls = [each for each in self._calls if each.is_alive()] + [call]
            if is_cut:
                call.hang_up()


class _Call(threading.Thread):
    """One relayed connection, both directions."""

    def __init__(self, near: socket.socket, far: socket.socket, delay: Callable[[], float]) -> None:
        super().__init__(name="line-call", daemon=True)
        self._peer = {near: far, far: near}
        self._delay = delay
        self._hung_up = threading.Event()
        far.settimeout(None)
        self.start()

    def hang_up(self) -> None:
        """Resets both ends and waits until the relay has let go of them."""
        self._hung_up.set()
        for end in self._peer:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                end.shutdown(socket.SHUT_RDWR)  # wakes the relay
        self.join()

    def run(self) -> None:
        speaking = set(self._peer)
        with contextlib.suppress(OSError):  # an end that vanished ends the call
            while speaking and not self._hung_up.is_set():
                for source in select.select(list(speaking), [], [])[0]:
                    if not self._pass_on(source):
                        speaking.discard(source)
        for end in self._peer:
            end.close()

    def _pass_on(self, source: socket.socket) -> bool:
        """Copies what is there, or passes the end on."""
        data = source.recv(_CHUNK_BYTES)
        self._hung_up.wait(self._delay())
        if data:
            self._peer[source].sendall(data)
        else:
            self._peer[source].shutdown(socket.SHUT_WR)
        return bool(data)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    end.close()
