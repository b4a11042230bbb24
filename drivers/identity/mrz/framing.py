"""Cutting zones out of what a serial reader sends: lines ended by CR, LF or both, STX and ETX around or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.identity.mrz.formats import FORMATS

_STX, _ETX = b"\x02", b"\x03"
_LONGEST = 400  # bytes; the longest zone has 90 characters
_WIDTHS = {known.width: known.lines for known in FORMATS}
_WHOLE = {known.length: known.width for known in FORMATS}


@dataclass(frozen=True, slots=True)
class Overlong:
    """More bytes came than any zone has; they were let go."""

    length: int


class ZoneDeframer:
    """Collects lines until they are a zone's, the reader says that was all (ETX), or the line is quiet for
    `idle_seconds`. `now` is monotonic seconds. Never raises."""

    def __init__(self, idle_seconds: float = 0.3) -> None:
        self._idle = idle_seconds
        self._buffer = b""
        self._lost = 0
        self._last_byte_at = 0.0

    def feed(self, data: bytes, now: float) -> list[tuple[str, ...] | Overlong]:
        """The zones that end within `data`, as lines in capitals; empty `data` only lets time pass."""
        zones = self._close() if now - self._last_byte_at >= self._idle else []
        if data:
            self._last_byte_at = now
        for byte in data:
            zones += self._take(bytes([byte]))
        return zones

    def reset(self) -> None:
        """The line is new: what was begun is gone."""
        self._buffer, self._lost = b"", 0

    def _take(self, byte: bytes) -> list[tuple[str, ...] | Overlong]:
        if byte == _STX:
            self.reset()
            return []
        if byte == _ETX:
            return self._close()
        if self._lost or len(self._buffer) >= _LONGEST:
            self._lost += 1
            return []
        self._buffer += byte
        return self._close() if byte in b"\r\n" and _is_whole(_lines(self._buffer)) else []

    def _close(self) -> list[tuple[str, ...] | Overlong]:
        data, lost = self._buffer, self._lost
        self.reset()
        if lost:
            return [Overlong(len(data) + lost)]
        lines = _lines(data)
        return [_apart(lines)] if lines else []


def _lines(data: bytes) -> tuple[str, ...]:
    """Without empty ones; what is no ASCII becomes a character that no zone has."""
    text = data.decode("ascii", "replace").upper()
    return tuple(line for line in (part.strip() for part in re.split(r"[\r\n]+", text)) if line)


def _is_whole(lines: tuple[str, ...]) -> bool:
    return bool(lines) and (_WIDTHS.get(len(lines[0])) == len(lines) or _is_joined(lines))


def _is_joined(lines: tuple[str, ...]) -> bool:
    return len(lines) == 1 and len(lines[0]) in _WHOLE


def _apart(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Some readers send the whole zone as one line."""
    if not _is_joined(lines):
        return lines
    text, width = lines[0], _WHOLE[len(lines[0])]
    return tuple(text[at : at + width] for at in range(0, len(text), width))
