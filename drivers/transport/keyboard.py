"""A wire over a keyboard's kernel events: what its keys type comes out as bytes. Linux only.

The keyboard is grabbed: its keys reach nobody else, so that a code shown to the scanner never types into a form.
"""

from __future__ import annotations

import os
import select
import struct
import time
from collections.abc import Callable

from drivers.transport.keys import KeyDecoder
from drivers.transport.line import TransportError
from drivers.transport.usb_places import UsbIdentity

_EVENT = struct.Struct("llHHi")  # struct input_event: seconds, microseconds, type, code, value
_EVENTS_AT_ONCE = 64
_SYN, _KEY = 0, 1
_DROPPED = 3
LOST_KEYS = b"\xff"  # stands where the kernel's buffer ran over; no text holds it, so the code is unreadable


class KeyboardTransport:
    """Reads events from `node`, an open non-blocking descriptor that `close_node` closes."""

    def __init__(self, node: int, close_node: Callable[[], None]) -> None:
        self._node = node
        self._close_node: Callable[[], None] | None = close_node
        self._keys = KeyDecoder()
        self._typed = b""
        self._torn = b""

    def read(self, limit: int, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while not self._typed:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([self._node], [], [], left)[0]:
                break
            self._take()
        data, self._typed = self._typed[:limit], self._typed[limit:]
        return data

    def write(self, data: bytes, seconds: float) -> None:
        raise TransportError("a keyboard takes no data")

    def close(self) -> None:
        if self._close_node is not None:
            self._close_node()
            self._close_node = None

    def _take(self) -> None:
        try:
            data = self._torn + os.read(self._node, _EVENT.size * _EVENTS_AT_ONCE)
        except BlockingIOError:
            return
        except OSError as error:  # ENODEV once the cable is pulled
            raise TransportError(f"keyboard lost: {(error.strerror or 'gone').lower()}") from error
        if not data:
            raise TransportError("keyboard lost: no more events")
        whole = len(data) - len(data) % _EVENT.size
        self._torn = data[whole:]
        for _, _, kind, code, value in _EVENT.iter_unpack(data[:whole]):
            self._typed += self._event(kind, code, value)

    def _event(self, kind: int, code: int, value: int) -> bytes:
        if kind == _KEY:
            return self._keys.feed(code, value).encode("ascii")
        if kind == _SYN and code == _DROPPED:
            self._keys.reset()
            return LOST_KEYS
        return b""


def open_keyboard(path: str) -> KeyboardTransport:
    """Opens and grabs `/dev/input/eventN`. Raises TransportError when it is absent or another program has it."""
    from evdev import InputDevice  # noqa: PLC0415 - only on a machine that has such a scanner

    try:
        keyboard = InputDevice(path)
    except OSError as error:
        raise TransportError(f"cannot open {path}: {(error.strerror or 'not there').lower()}") from error
    try:
        keyboard.grab()
    except OSError as error:
        keyboard.close()
        raise TransportError(f"another program holds {path}") from error
    return KeyboardTransport(keyboard.fd, keyboard.close)


def find_keyboard(identity: UsbIdentity) -> str:
    """The path of a USB keyboard's events. Raises TransportError when it is not plugged in."""
    from evdev import InputDevice, ecodes, list_devices  # noqa: PLC0415

    for path in list_devices():
        try:
            keyboard = InputDevice(path)
        except OSError:  # unplugged while we looked
            continue
        types_keys = ecodes.KEY_ENTER in keyboard.capabilities().get(ecodes.EV_KEY, [])
        found = types_keys and identity.is_of(keyboard.info.vendor, keyboard.info.product, keyboard.uniq or "")
        keyboard.close()
        if found:
            return str(path)
    raise TransportError(f"no keyboard {identity} is plugged in")
