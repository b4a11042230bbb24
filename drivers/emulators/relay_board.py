"""A Modbus RTU board with four relays and four inputs on a pty. Written from the protocol's description alone."""

from __future__ import annotations

import struct
import threading
import time
from enum import Enum

from drivers.emulators.pty_device import PtyDevice

_CHANNELS = 4


class BoardTrouble(Enum):
    """What can be made to go wrong."""

    SILENT = "silent"
    SLOW = "slow"  # answers after a quarter of a second
    REFUSES = "refuses"  # exception 4, device failure
    ANSWERS_OTHERS = "answers_others"  # as another unit


class RelayBoardEmulator(PtyDevice):
    """`close_contact` and `open_contact` move the door; relays are read by `relay`. Channels from 1."""

    def __init__(self, unit: int = 1) -> None:
        self._unit = unit
        self._lock = threading.Lock()
        self._relays = [False] * _CHANNELS
        self._contacts = [True] * _CHANNELS  # closed: all is well
        self._troubles: set[BoardTrouble] = set()
        self._waiting = b""
        self._received = b""
        super().__init__("relay-board", self._receive)

    @property
    def received(self) -> bytes:
        with self._lock:
            return self._received

    def relay(self, number: int) -> bool:
        """Whether a relay is drawn."""
        with self._lock:
            return self._relays[number - 1]

    def close_contact(self, number: int) -> None:
        with self._lock:
            self._contacts[number - 1] = True

    def open_contact(self, number: int) -> None:
        with self._lock:
            self._contacts[number - 1] = False

    def set_fault(self, trouble: BoardTrouble) -> None:
        with self._lock:
            self._troubles.add(trouble)

    def clear_fault(self, trouble: BoardTrouble) -> None:
        with self._lock:
            self._troubles.discard(trouble)

    def unplug(self) -> None:
        """Without current the relays fall off."""
        super().unplug()
        with self._lock:
            self._relays = [False] * _CHANNELS
            self._waiting = b""

    def _receive(self, data: bytes) -> None:
        with self._lock:
            self._received += data
            self._waiting += data
            answers = []
            while len(self._waiting) >= 8:
                frame = self._waiting[:8]
                if _checksum(frame[:6]) == frame[6:]:
                    self._waiting = self._waiting[8:]
                    answers.append(self._answer(frame))
                else:
                    self._waiting = self._waiting[1:]  # out of step: look for the next frame
            slow = BoardTrouble.SLOW in self._troubles
        for answer in answers:
            time.sleep(0.25 if slow else 0)
            self._port.send(answer)

    def _answer(self, frame: bytes) -> bytes:
        unit, function, first, value = struct.unpack(">BBHH", frame[:6])
        if unit != self._unit or BoardTrouble.SILENT in self._troubles:
            return b""
        if BoardTrouble.ANSWERS_OTHERS in self._troubles:
            unit += 1
        if BoardTrouble.REFUSES in self._troubles:
            return _closed(bytes([unit, function | 0x80, 4]))
        if function == 2 and first + value <= _CHANNELS:
            bits = sum(1 << place for place, closed in enumerate(self._contacts[first : first + value]) if closed)
            return _closed(bytes([unit, 2, 1, bits]))
        if function == 5 and first < _CHANNELS and value in {0x0000, 0xFF00}:
            self._relays[first] = value == 0xFF00
            return _closed(bytes([unit]) + frame[1:6])
        return _closed(bytes([unit, function | 0x80, 2 if function in {2, 5} else 1]))


def _closed(body: bytes) -> bytes:
    return body + _checksum(body)


def _checksum(body: bytes) -> bytes:
    """CRC-16/MODBUS by shifting the reversed bits to the left."""
    register = 0xFFFF
    for byte in body:
        register ^= int(f"{byte:08b}"[::-1], 2) << 8
        for _ in range(8):
            register = (register << 1 ^ 0x8005 if register & 0x8000 else register << 1) & 0xFFFF
    return struct.pack("<H", int(f"{register:016b}"[::-1], 2))
