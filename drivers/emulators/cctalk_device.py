"""What every emulated ccTalk device has: an address, a power switch, a memory of its five last events."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_BUFFERED = 5
Handler = Callable[[bytes], "bytes | None"]


class CcTalkDevice:
    """`answer` gives the data of a reply, None for no reply. `crc`: it speaks only CRC-16, else only the sum."""

    def __init__(self, address: int, *, crc: bool = False, serial: int = 0x0A0B0C) -> None:
        self.address = address
        self.crc = crc
        self.serial = serial.to_bytes(3, "little")
        self.on = True
        self.handlers: dict[int, Handler] = {
            254: lambda _: b"",  # simple poll
            242: lambda _: self.serial,
        }

    def answer(self, header: int, data: bytes) -> bytes | None:
        handler = self.handlers.get(header)
        if not self.on or handler is None:
            return None
        self.advance(time.monotonic())
        return handler(data)

    def advance(self, now: float) -> None:
        """Lets the mechanism do what it did until `now` (monotonic seconds)."""

    def switch_off(self) -> None:
        """The power goes: what is in memory is lost, what is in the permanent memory stays."""
        self.advance(time.monotonic())
        self.on = False

    def switch_on(self) -> None:
        self.on = True


class EventBuffer:
    """The counter (0 after switching on, then 1 to 255 and over) and the last five pairs, newest first."""

    def __init__(self) -> None:
        self.counter = 0
        self._pairs: deque[tuple[int, int]] = deque([(0, 0)] * _BUFFERED, maxlen=_BUFFERED)

    def add(self, a: int, b: int) -> None:
        self._pairs.appendleft((a, b))
        self.counter = self.counter % 255 + 1

    def bytes(self) -> bytes:
        return bytes((self.counter, *(byte for pair in self._pairs for byte in pair)))
