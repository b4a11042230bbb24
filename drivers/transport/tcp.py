"""A wire over TCP: network printers and everything behind a serial server."""

from __future__ import annotations

import socket
import time

from drivers.transport.line import TransportError

_SHORTEST_SECONDS = 0.001  # a socket time-out of 0 would mean "do not block", which is another mode


class TcpTransport:
    """A connected TCP socket. Raises TransportError from the constructor when nobody answers within `seconds`."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=seconds)
        except OSError as error:
            raise TransportError(f"cannot connect to {host}:{port}: {_phrase(error)}") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, limit: int, seconds: float) -> bytes:
        try:
            self._socket.settimeout(max(seconds, _SHORTEST_SECONDS))
            data = self._socket.recv(limit)
        except TimeoutError:
            return b""
        except OSError as error:
            raise TransportError(f"connection lost: {_phrase(error)}") from error
        if not data:
            raise TransportError("connection closed by the device")
        return data

    def write(self, data: bytes, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        rest = memoryview(data)
        try:
            while rest:
                self._socket.settimeout(max(deadline - time.monotonic(), _SHORTEST_SECONDS))
                rest = rest[self._socket.send(rest) :]
        except TimeoutError as error:
            raise TransportError(f"the device takes no more data: {len(rest)} of {len(data)} bytes left") from error
        except OSError as error:
            raise TransportError(f"connection lost: {_phrase(error)}") from error

    def close(self) -> None:
        self._socket.close()


def _phrase(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
