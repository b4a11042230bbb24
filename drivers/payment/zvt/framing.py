"""ZVT on a serial line (PA00P016): DLE STX, message with each DLE doubled, DLE ETX, CRC-16 low byte first; then ACK."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

ACK, NAK = b"\x06", b"\x15"
_DLE, _STX, _ETX = 0x10, 0x02, 0x03
_LONGEST = 5 + 0xFFFF


class Control(Enum):
    """Single bytes between frames, and a frame that cannot be used."""

    ACK = auto()
    NAK = auto()
    BAD_FRAME = auto()


@dataclass(frozen=True, slots=True)
class Frame:
    """A message whose CRC was right."""

    message: bytes = field(repr=False)


def crc16(data: bytes) -> int:
    """x16 + x12 + x5 + 1, reflected, beginning with 0; over the message and the ETX."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0x8408 if crc & 1 else crc >> 1
    return crc


def frame(message: bytes) -> bytes:
    """The message as it goes over the line."""
    crc = crc16(message + bytes((_ETX,))).to_bytes(2, "little")
    stuffed = message.replace(bytes((_DLE,)), bytes((_DLE, _DLE)))
    return bytes((_DLE, _STX)) + stuffed + bytes((_DLE, _ETX)) + crc


class FrameReader:
    """Finds frames and control bytes in whatever comes; noise between frames is passed over."""

    def __init__(self) -> None:
        self._message: bytearray | None = None
        self._escaped = False
        self._crc: bytearray | None = None

    def feed(self, data: bytes) -> list[Frame | Control]:
        return [found for byte in data if (found := self._take(byte)) is not None]

    def _take(self, byte: int) -> Frame | Control | None:
        if self._crc is not None:
            return self._take_crc(byte)
        if self._escaped:
            self._escaped = False
            return self._take_escaped(byte)
        if byte == _DLE:
            self._escaped = True
            return None
        if self._message is None:
            return {ACK[0]: Control.ACK, NAK[0]: Control.NAK}.get(byte)
        return self._add(byte)

    def _take_escaped(self, byte: int) -> Control | None:
        if byte == _STX:  # also in the middle of a frame whose end was lost
            self._message = bytearray()
            return None
        if self._message is None:
            return None
        if byte == _ETX:
            self._crc = bytearray()
            return None
        if byte == _DLE:
            return self._add(byte)
        self._message = None
        return Control.BAD_FRAME

    def _add(self, byte: int) -> Control | None:
        if self._message is None or len(self._message) >= _LONGEST:
            self._message = None
            return Control.BAD_FRAME
        self._message.append(byte)
        return None

    def _take_crc(self, byte: int) -> Frame | Control | None:
        if self._crc is None or self._message is None:
            return None
        self._crc.append(byte)
        if len(self._crc) < 2:
            return None
        message, right = bytes(self._message), int.from_bytes(self._crc, "little")
        self._message = self._crc = None
        return Frame(message) if crc16(message + bytes((_ETX,))) == right else Control.BAD_FRAME
