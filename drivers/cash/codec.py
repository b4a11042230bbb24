"""ccTalk frames: `destination, length, source, header, data, checksum` (ccTalk Serial Communication Protocol, part 1).

In CRC mode the source's place holds the checksum's low byte, so a reply does not say whose it is.
"""

from __future__ import annotations

from binascii import crc_hqx
from dataclasses import dataclass
from enum import Enum

MASTER = 1
SHORTEST = 5
LONGEST = 260


class Checksum(Enum):
    """How a device's frames are checked."""

    SIMPLE = "simple"  # all bytes add up to 0 modulo 256
    CRC16 = "crc16"  # CRC-16 XModem: polynomial 1021h, begun with 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's content; `header` is the command, in a reply 0 (5 refused, 6 busy)."""

    header: int
    data: bytes = b""


class FrameError(ValueError):
    """Bytes that are no frame for us: cut off, garbled, or from or for somebody else."""


def encode(address: int, frame: Frame, checksum: Checksum) -> bytes:
    """A frame from the master to a device. Raises ValueError when it has more than 255 bytes of data."""
    if checksum is Checksum.SIMPLE:
        body = bytes([address, len(frame.data), MASTER, frame.header]) + frame.data
        return body + bytes([-sum(body) % 256])
    high, low = divmod(_crc(address, frame), 256)
    return bytes([address, len(frame.data), low, frame.header]) + frame.data + bytes([high])


def wanted(received: bytes) -> int:
    """How many bytes are still missing to a whole frame, as far as can be told."""
    if len(received) < SHORTEST:
        return SHORTEST - len(received)
    return max(0, SHORTEST + received[1] - len(received))


def decode(received: bytes, address: int, checksum: Checksum) -> Frame:
    """The reply of the device at `address` to the master. Raises FrameError when it is not exactly one."""
    if len(received) < SHORTEST or len(received) != SHORTEST + received[1]:
        raise FrameError("a frame of another length")
    if received[0] != MASTER:
        raise FrameError("a frame for somebody else")
    frame = Frame(received[3], received[4:-1])
    if checksum is Checksum.CRC16:
        if _crc(MASTER, frame) != received[2] + 256 * received[-1]:
            raise FrameError("a wrong checksum")
    elif sum(received) % 256:
        raise FrameError("a wrong checksum")
    elif received[2] != address:
        raise FrameError("a frame from somebody else")
    return frame


def _crc(destination: int, frame: Frame) -> int:
    return crc_hqx(bytes([destination, len(frame.data), frame.header]) + frame.data, 0)
