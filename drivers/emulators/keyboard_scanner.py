"""A scanner that poses as a keyboard: its keys as the kernel's events, through a pipe or a real uinput device."""

from __future__ import annotations

import os
import struct

from drivers.emulators.closing import Closing

_SHIFT, _CONTROL, _CAPS = 42, 29, 58
_ROWS = (  # first key code, plain, shifted
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
_SINGLE = {" ": 57, "\t": 15, "\r": 28}


def strokes(text: str) -> list[tuple[int, int]]:
    """The key events (code, 1 pressed or 0 released) that type `text`; GS is Control and ]."""
    events: list[tuple[int, int]] = []
    for character in text:
        held, key = _key(character)
        down = [(held, 1)] if held else []
        up = [(held, 0)] if held else []
        events += [*down, (key, 1), (key, 0), *up]
    return events


def _key(character: str) -> tuple[int, int]:
    """What is held, and what is struck."""
    if character == "\x1d":
        return _CONTROL, 27
    if character in _SINGLE:
        return 0, _SINGLE[character]
    for first, plain, shifted in _ROWS:
        if character in plain:
            return 0, first + plain.index(character)
        if character in shifted:
            return _SHIFT, first + shifted.index(character)
    raise ValueError("no key types this character")


def kernel_events(events: list[tuple[int, int]]) -> bytes:
    """As they are read from /dev/input/eventN: each key event and the report that ends it."""
    return b"".join(
        struct.pack("llHHi", 0, 0, 1, code, value) + struct.pack("llHHi", 0, 0, 0, 0, 0) for code, value in events
    )


class PipedKeyboard(Closing):
    """A pipe in the place of the kernel's device. `node` is what the driver reads."""

    def __init__(self) -> None:
        self.node, self._end = os.pipe()
        os.set_blocking(self.node, False)

    def present(self, code: str) -> None:
        """Types a code and Enter."""
        self.send(kernel_events(strokes(code + "\r")))

    def overflow(self) -> None:
        """The kernel's buffer ran over: SYN_DROPPED."""
        self.send(struct.pack("llHHi", 0, 0, 0, 3, 0))

    def send(self, data: bytes) -> None:
        os.write(self._end, data)

    def close(self) -> None:
        self.unplug()

    def unplug(self) -> None:
        if self._end >= 0:
            os.close(self._end)
            self._end = -1
