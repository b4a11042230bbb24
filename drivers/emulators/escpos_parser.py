"""Reads ESC/POS as a printer does: byte by byte, each command with the bytes it was made of.

Written from the command reference alone; it shares nothing with the driver's encoder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drivers.emulators.escpos_commands import (
    AutomaticStatusSwitch,
    Characters,
    CharacterSize,
    ChineseMode,
    Command,
    DrawerPulse,
    EjectorFunction,
    Emphasis,
    Graphics,
    IdentityRequest,
    Ignored,
    Justification,
    Knife,
    LineEnd,
    LineSpacing,
    MarkFeed,
    PaperFeed,
    RealTime,
    Reset,
    SensorRequest,
    SymbolFunction,
)

Parsed = tuple[Command, int]
_Reader = Callable[[bytes], Parsed | None]


class EscPosParser:
    """Keeps what is not yet a whole command until more comes."""

    def __init__(self) -> None:
        self._buffer = b""
        self._chinese = False

    def feed(self, data: bytes) -> Iterator[tuple[Command, bytes]]:
        """The commands that are complete with `data`, each with its bytes."""
        self._buffer += data
        while self._buffer:
            parsed = _parse(self._buffer, self._chinese)
            if parsed is None:
                return
            command, length = parsed
            if isinstance(command, ChineseMode | Reset):
                self._chinese = isinstance(command, ChineseMode) and command.on
            raw, self._buffer = self._buffer[:length], self._buffer[length:]
            yield command, raw


def _parse(data: bytes, chinese: bool) -> Parsed | None:
    """The first command and its length; None when it is not complete."""
    first = data[0]
    if first == 0:
        return Ignored(), len(data) - len(data.lstrip(b"\0"))
    if first == 0x0A:
        return LineEnd(), 1
    if 0x20 <= first <= 0x7E or (chinese and 0x81 <= first <= 0xFE):
        return _characters(data, chinese)
    if first not in {0x10, 0x1B, 0x1C, 0x1D}:
        return Ignored(), 1
    if len(data) < 2:
        return None
    reader = _READERS.get(data[:2])
    return reader(data) if reader else (Ignored(), 2)


def _characters(data: bytes, chinese: bool) -> Parsed | None:
    """All characters up to a command or to one that is not whole yet."""
    end = 0
    while end < len(data) and (length := _character_length(data[end : end + 2], chinese)):
        if end + length > len(data):
            break
        end += length
    if end:
        return Characters(data[:end].decode("gb18030", "replace")), end
    return (Ignored(), 1) if len(data) >= 2 and not _character_length(data[:2], chinese) else None


def _character_length(head: bytes, chinese: bool) -> int:
    """In bytes, by the first two: GB 18030 tells by the second byte whether there are four. 0 = no character."""
    if 0x20 <= head[0] <= 0x7E:
        return 1
    if not chinese or not 0x81 <= head[0] <= 0xFE:
        return 0
    if len(head) < 2:
        return 2
    if 0x30 <= head[1] <= 0x39:
        return 4
    return 2 if 0x40 <= head[1] <= 0xFE and head[1] != 0x7F else 0


def _one_parameter(make: Callable[[int], Command]) -> _Reader:
    def read(data: bytes) -> Parsed | None:
        return (make(data[2]), 3) if len(data) >= 3 else None

    return read


def _graphics(data: bytes) -> Parsed | None:
    if len(data) < 8:
        return None
    row_bytes, height = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
    end = 8 + row_bytes * height
    return (Graphics(row_bytes, height, data[8:end]), end) if len(data) >= end else None


def _knife(data: bytes) -> Parsed | None:
    if len(data) < 3:
        return None
    mode = data[2]
    if mode in {0, 1, 48, 49}:
        return Knife(partial=mode % 2 == 1, feed=None), 3
    if mode not in {65, 66}:
        return Ignored(), 3
    return (Knife(partial=mode == 66, feed=data[3]), 4) if len(data) >= 4 else None


def _parenthesis(data: bytes) -> Parsed | None:
    """GS ( x pL pH ...: the length stands in the command."""
    if len(data) < 5:
        return None
    end = 5 + int.from_bytes(data[3:5], "little")
    if len(data) < end:
        return None
    kind, body = data[2:3], data[5:end]
    if kind == b"H" and len(body) == 6 and body[:2] == b"00":
        return IdentityRequest(body[2:]), end
    if kind == b"k" and len(body) >= 2 and body[:1] == b"1":
        return SymbolFunction(body[1], body[2:]), end
    return Ignored(), end


def _mark(data: bytes) -> Parsed | None:
    """FS ( L, as the GS ( commands: the length stands in it."""
    if len(data) < 5:
        return None
    end = 5 + int.from_bytes(data[3:5], "little")
    if len(data) < end:
        return None
    kind, body = data[2:3], data[5:end]
    return (MarkFeed(body[0]), end) if kind == b"L" and len(body) == 2 and body[0] in {65, 66, 67} else (Ignored(), end)


def _ejector(data: bytes) -> Parsed | None:
    if len(data) < 3:
        return None
    if data[2] != 3:
        return EjectorFunction(data[2]), 3
    return (EjectorFunction(3, data[3]), 4) if len(data) >= 4 else None


def _character_size(parameter: int) -> CharacterSize:
    return CharacterSize((parameter >> 4 & 7) + 1, (parameter & 7) + 1)


_READERS: dict[bytes, _Reader] = {
    b"\x10\x04": _one_parameter(lambda _: RealTime()),
    b"\x1b@": lambda _: (Reset(), 2),
    b"\x1bJ": _one_parameter(PaperFeed),
    b"\x1ba": _one_parameter(Justification),
    b"\x1bE": _one_parameter(lambda parameter: Emphasis(bool(parameter & 1))),
    b"\x1b2": lambda _: (LineSpacing(None), 2),
    b"\x1b3": _one_parameter(LineSpacing),
    b"\x1bp": lambda data: (DrawerPulse(data[2]), 5) if len(data) >= 5 else None,
    b"\x1c&": lambda _: (ChineseMode(on=True), 2),
    b"\x1c.": lambda _: (ChineseMode(on=False), 2),
    b"\x1c(": _mark,
    b"\x1d!": _one_parameter(_character_size),
    b"\x1de": _ejector,
    b"\x1dv": _graphics,
    b"\x1dV": _knife,
    b"\x1dP": lambda data: (Ignored(), 4) if len(data) >= 4 else None,
    b"\x1d(": _parenthesis,
    b"\x1dr": _one_parameter(SensorRequest),
    b"\x1da": _one_parameter(AutomaticStatusSwitch),
}
