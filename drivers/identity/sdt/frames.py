"""SDT on the wire: `AA AA AA 96 69 | length BE16 | command or status ... | XOR`, 115200 8N1.

The length counts all after itself, the XOR covers length to data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
_LENGTH_AT = len(PREAMBLE)
_BODY_AT = _LENGTH_AT + 2
_STATUS_BYTES = 3
_SHORTEST, _LONGEST = _STATUS_BYTES + 1, 4096  # the longest reply (text, photograph, fingerprints) has 2,321 bytes


class Command(Enum):
    """What the driver asks, by command and parameter byte."""

    MODULE_STATUS = b"\x11\xff"
    MODULE_NUMBER = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `status` is SW1 SW2 SW3; `data` may be a card's text and portrait."""

    status: bytes
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A frame began and is not whole: wrong XOR, or a length that no reply has."""


def encode(command: Command) -> bytes:
    """The command as bytes for the line."""
    counted = (len(command.value) + 1).to_bytes(2, "big") + command.value
    return PREAMBLE + counted + bytes([_checksum(counted)])


class ReplyReader:
    """Cuts replies out of bytes that come in any pieces; noise between them is passed over. Never raises."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Reply | Damaged]:
        """The replies that end within `data`."""
        self._buffer += data
        found: list[Reply | Damaged] = []
        while (step := self._step()) is not None:
            found.append(step)
        return found

    def reset(self) -> None:
        """What was begun belongs to an earlier question."""
        self._buffer = b""

    def _step(self) -> Reply | Damaged | None:
        place = self._buffer.find(PREAMBLE)
        if place < 0:
            self._buffer = self._buffer[-(len(PREAMBLE) - 1) :]
            return None
        self._buffer = self._buffer[place:]
        if len(self._buffer) < _BODY_AT:
            return None
        length = int.from_bytes(self._buffer[_LENGTH_AT:_BODY_AT], "big")
        if not _SHORTEST <= length <= _LONGEST:
            return self._skip()
        end = _BODY_AT + length
        return self._cut(end) if len(self._buffer) >= end else None

    def _cut(self, end: int) -> Reply | Damaged:
        if _checksum(self._buffer[_LENGTH_AT : end - 1]) != self._buffer[end - 1]:
            return self._skip()
        body, self._buffer = self._buffer[_BODY_AT : end - 1], self._buffer[end:]
        return Reply(body[:_STATUS_BYTES], body[_STATUS_BYTES:])

    def _skip(self) -> Damaged:
        """Lets go of the preamble only: a whole frame may stand in what the wrong length claimed."""
        self._buffer = self._buffer[len(PREAMBLE) :]
        return Damaged()


def _checksum(data: bytes) -> int:
    return reduce(xor, data, 0)
