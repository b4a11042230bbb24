"""A wire over the kernel's USB printer device (`/dev/usb/lp0`, driver usblp). POSIX only.

The device node carries bytes both ways for a bidirectional printer; a pty stands in for it in tests.
"""

from __future__ import annotations

import os
import select
import time

from drivers.transport.line import TransportError

_PAUSE_SECONDS = 0.01  # usblp may report an empty answer as readable: not to spin on it


class UsbPrinterTransport:
    """An open device node. Raises TransportError from the constructor when it is absent or in use."""

    def __init__(self, path: str) -> None:
        try:
            self._node: int | None = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise TransportError(f"cannot open {path}: {_phrase(error)}") from error

    def read(self, limit: int, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while True:
            left = max(0.0, deadline - time.monotonic())
            readable, _, _ = select.select([self._open_node()], [], [], left)
            data = self._take(limit) if readable else b""
            if data or time.monotonic() >= deadline:
                return data
            time.sleep(min(_PAUSE_SECONDS, left))

    def write(self, data: bytes, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        rest = memoryview(data)
        while rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([], [self._open_node()], [], left)[1]:
                raise TransportError(f"the device takes no more data: {len(rest)} of {len(data)} bytes left")
            rest = rest[self._give(rest) :]

    def close(self) -> None:
        if self._node is not None:
            os.close(self._node)
            self._node = None

    def _open_node(self) -> int:
        if self._node is None:
            raise TransportError("the device is closed")
        return self._node

    def _take(self, limit: int) -> bytes:
        try:
            return os.read(self._open_node(), limit)
        except BlockingIOError:
            return b""
        except OSError as error:  # ENODEV once the cable is pulled
            raise TransportError(f"USB printer lost: {_phrase(error)}") from error

    def _give(self, data: memoryview) -> int:
        try:
            return os.write(self._open_node(), data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise TransportError(f"USB printer lost: {_phrase(error)}") from error


def _phrase(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
