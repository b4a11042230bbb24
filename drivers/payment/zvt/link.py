"""Messages to and from a terminal, over TCP as they are and over a serial line in frames that are acknowledged."""

from __future__ import annotations

import time
from collections import deque
from typing import Protocol

from drivers.payment.zvt.apdu import Apdu, ApduReader, decode
from drivers.payment.zvt.framing import ACK, NAK, Control, Frame, FrameReader, frame
from drivers.transport.line import Monotonic, Transport, TransportError

_WRITE_SECONDS = 5.0
_PART_SECONDS = 2.0  # a message that has begun is whole within this time
_ACK_SECONDS = 5.0  # T2 of PA00P016
_TRIES = 3
_CHUNK = 4096


class Link(Protocol):
    """An open way to the terminal. Both calls raise TransportError; after one the link is only to be closed."""

    def send(self, message: Apdu) -> None: ...

    def receive(self, seconds: float) -> Apdu | None:
        """The next message; None when none came within `seconds`."""
        ...

    def close(self) -> None: ...


class TcpLink:
    """Messages one after another. Bytes that are no message cannot be told from a long one: time tells."""

    def __init__(self, transport: Transport, monotonic: Monotonic = time.monotonic) -> None:
        self._transport = transport
        self._monotonic = monotonic
        self._reader = ApduReader()
        self._waiting: deque[Apdu] = deque()
        self._begun_at = 0.0

    def send(self, message: Apdu) -> None:
        self._transport.write(message.encode(), _WRITE_SECONDS)

    def receive(self, seconds: float) -> Apdu | None:
        if not self._waiting:
            fresh = not self._reader.is_midway
            self._waiting.extend(self._reader.feed(self._transport.read(_CHUNK, seconds)))
            if fresh:
                self._begun_at = self._monotonic()
            if self._reader.is_midway and self._monotonic() - self._begun_at > _PART_SECONDS:
                raise TransportError("half a message from the terminal")
        return self._waiting.popleft() if self._waiting else None

    def close(self) -> None:
        self._transport.close()


class SerialLink:
    """Frames, each acknowledged by one byte and sent again when it is not."""

    def __init__(self, transport: Transport, monotonic: Monotonic = time.monotonic) -> None:
        self._transport = transport
        self._monotonic = monotonic
        self._reader = FrameReader()
        self._found: deque[Frame | Control] = deque()
        self._waiting: deque[Apdu] = deque()

    def send(self, message: Apdu) -> None:
        data = frame(message.encode())
        for _ in range(_TRIES):
            self._transport.write(data, _WRITE_SECONDS)
            if self._is_acknowledged():
                return
        raise TransportError("the terminal does not acknowledge")

    def receive(self, seconds: float) -> Apdu | None:
        deadline = self._monotonic() + seconds
        while not self._waiting:
            self._take(self._next(deadline))
            if not self._found and self._monotonic() >= deadline:
                break
        return self._waiting.popleft() if self._waiting else None

    def close(self) -> None:
        self._transport.close()

    def _is_acknowledged(self) -> bool:
        deadline = self._monotonic() + _ACK_SECONDS
        while self._monotonic() < deadline:
            match self._next(deadline):
                case Control.ACK:
                    return True
                case Control.NAK:
                    return False
                case other:
                    self._take(other)  # the terminal was quicker than its acknowledgement
        return False

    def _take(self, found: Frame | Control | None) -> None:
        message = decode(found.message) if isinstance(found, Frame) else None
        if message is not None:
            self._transport.write(ACK, _WRITE_SECONDS)
            self._waiting.append(message)
        elif isinstance(found, Frame) or found is Control.BAD_FRAME:
            self._transport.write(NAK, _WRITE_SECONDS)

    def _next(self, deadline: float) -> Frame | Control | None:
        if not self._found:
            seconds = max(0.0, deadline - self._monotonic())
            self._found.extend(self._reader.feed(self._transport.read(_CHUNK, seconds)))
        return self._found.popleft() if self._found else None
