"""A bad line between a driver and its emulator: it changes, delays or breaks off what goes through, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drivers.transport.address import connector, parse_address
from drivers.transport.line import Transport, TransportError

Tamper = Callable[[bytes], list[bytes]]
"""What comes of a piece: the pieces that go on, sent one after another with a pause between."""


def as_it_is(data: bytes) -> list[bytes]:
    return [data]


def split(data: bytes) -> list[bytes]:
    return [data[place : place + 1] for place in range(len(data))]


def garbled_at(position: int, mask: int = 0x55) -> Tamper:
    """Changes the one byte at `position` of all that comes."""
    seen = 0

    def tamper(data: bytes) -> list[bytes]:
        nonlocal seen
        changed = bytes(byte ^ mask if seen + place == position else byte for place, byte in enumerate(data))
        seen += len(data)
        return [changed]

    return tamper


def truncated_at(position: int) -> Tamper:
    """Swallows all from `position` on, once: the next answer is whole again."""
    seen = 0

    def tamper(data: bytes) -> list[bytes]:
        nonlocal seen
        kept = data[: max(0, position - seen)] if seen <= position < seen + len(data) else data
        seen += len(data)
        return [kept]

    return tamper


def unasked_at(position: int, noise: bytes) -> Tamper:
    """Puts `noise` in at `position`."""
    seen = 0

    def tamper(data: bytes) -> list[bytes]:
        nonlocal seen
        place = position - seen
        seen += len(data)
        return [data[:place], noise, data[place:]] if 0 <= place <= len(data) else [data]

    return tamper


class BadLine:
    """A TCP door before a device. `broken_after`: the line breaks, once, when the driver has sent that many bytes."""

    def __init__(self, address: str, tamper: Tamper, broken_after: int | None, pause: float) -> None:
        self._address = address
        self._tamper = tamper
        self._left = broken_after
        self._pause = pause
        self._server = socket.create_server(("127.0.0.1", 0))
        self._near: socket.socket | None = None
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="bad-line", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._server.getsockname()[1]}"

    @property
    def has_broken(self) -> bool:
        return self._left is not None and self._left < 0

    def close(self) -> None:
        self._ends.set()
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        self._server.settimeout(0.02)
        while not self._ends.is_set():
            try:
                near, _ = self._server.accept()
            except TimeoutError:
                continue
            with near, contextlib.suppress(TransportError, OSError):
                far = connector(parse_address(self._address))()
                try:
                    self._relay(near, far)
                finally:
                    far.close()

    def _relay(self, near: socket.socket, far: Transport) -> None:
        near.settimeout(0.005)
        while not self._ends.is_set():
            with contextlib.suppress(TimeoutError):
                data = near.recv(4096)
                if not data:
                    return
                if self._breaks(data, far):
                    return
            for piece in self._tamper(far.read(4096, 0.005)):
                near.sendall(piece)
                time.sleep(self._pause if piece else 0)

    def _breaks(self, data: bytes, far: Transport) -> bool:
        if self._left is None or self._left < 0 or len(data) <= self._left:
            far.write(data, 5)
            self._left = None if self._left is None else self._left - len(data) if self._left >= 0 else self._left
            return False
        far.write(data[: self._left], 5)
        self._left = -1
        return True


@contextmanager
def bad_line(
    address: str, tamper: Tamper = as_it_is, broken_after: int | None = None, pause: float = 0.0
) -> Iterator[BadLine]:
    line = BadLine(address, tamper, broken_after, pause)
    try:
        yield line
    finally:
        line.close()
