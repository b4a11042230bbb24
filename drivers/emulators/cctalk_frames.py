"""The devices' side of ccTalk: frames cut out of what comes, and replies with either checksum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_OVERHEAD = 5
_MASTER = 1


@dataclass(frozen=True, slots=True)
class Command:
    """A frame that arrived whole; `crc`: it was checked by CRC-16 instead of the sum."""

    address: int
    header: int
    data: bytes
    crc: bool
    raw: bytes


class CommandReader:
    """Cuts commands out of a stream. Bytes that begin no good frame are passed over one by one."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def clear(self) -> None:
        """The line fell silent: what was begun will not be ended."""
        self._buffer.clear()

    def feed(self, data: bytes) -> Iterator[Command]:
        self._buffer += data
        while len(self._buffer) >= _OVERHEAD:
            size = self._buffer[1] + _OVERHEAD
            if len(self._buffer) < size:
                return
            command = _command(bytes(self._buffer[:size]))
            del self._buffer[: size if command else 1]
            if command:
                yield command


def reply(command: Command, header: int = 0, data: bytes = b"") -> bytes:
    """The answer of the device that the command went to, checked as the command was."""
    if command.crc:
        crc = crc16(bytes((_MASTER, len(data), header)) + data)
        return bytes((_MASTER, len(data), crc & 0xFF, header)) + data + bytes((crc >> 8,))
    frame = bytes((_MASTER, len(data), command.address, header)) + data
    return frame + bytes((256 - sum(frame) % 256 & 0xFF,))


def crc16(data: bytes) -> int:
    """CRC-CCITT, polynomial 1021h, starting at 0, bit by bit."""
    register = 0
    for byte in data:
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return register


def _command(raw: bytes) -> Command | None:
    destination, length, source, header, *rest = raw
    data = bytes(rest[:length])
    if sum(raw) & 0xFF == 0 and source == _MASTER:
        return Command(destination, header, data, crc=False, raw=raw)
    if crc16(bytes((destination, length, header)) + data) == source | raw[-1] << 8:
        return Command(destination, header, data, crc=True, raw=raw)
    return None
