"""The screen of a CD5220 display: reads the command set byte by byte, from its published description alone."""

from __future__ import annotations

_WIDTH = 20
_LONGEST_LINE = 60


class LineScreen:
    """Two lines of 20 cells. A cell holds a character; the right half of a Chinese one holds nothing."""

    def __init__(self) -> None:
        self.brightness = 4
        self._cells = [[" "] * _WIDTH, [" "] * _WIDTH]
        self._at = 0
        self._waiting = b""

    @property
    def lines(self) -> tuple[str, str]:
        upper, lower = ("".join(row) for row in self._cells)
        return upper, lower

    def feed(self, data: bytes) -> None:
        """Takes bytes in any pieces; an unknown command is passed over."""
        self._waiting += data
        while self._waiting and (used := self._take(self._waiting)):
            self._waiting = self._waiting[used:]

    def _take(self, data: bytes) -> int:
        """Performs the first command or shows the first character; its length, 0 when it is not whole yet."""
        if data[0] == 0x1B:
            return self._escape(data)
        match data[0]:
            case 0x0C:
                self._clear(0, 2)
            case 0x0B:
                self._at = 0
            case 0x18:
                self._clear(self._at // _WIDTH, 1)
            case byte if byte >= 0x20:
                return self._character(data)
            case _:
                pass
        return 1

    def _escape(self, data: bytes) -> int:
        if len(data) < 2:
            return 0
        match data[1:2]:
            case b"@":
                self._clear(0, 2)
                return 2
            case b"\x11" | b"\x12" | b"\x13":
                return 2
            case b"*" | b"_":
                return self._setting(data)
            case b"Q":
                return self._line(data)
            case _:
                return 2

    def _setting(self, data: bytes) -> int:
        if len(data) < 3:
            return 0
        if data[1:2] == b"*" and 1 <= data[2] <= 4:
            self.brightness = data[2]
        return 3

    def _line(self, data: bytes) -> int:
        """ESC Q A, B or D, a text, CR."""
        end = data.find(b"\r")
        if end < 0:
            return 0 if len(data) <= _LONGEST_LINE else 2  # no such line is that long: it was another's bytes
        row = {ord("A"): 0, ord("D"): 0, ord("B"): 1}.get(data[2])
        if row is not None:
            self._write(row, data[3:end])
        return end + 1

    def _write(self, row: int, text: bytes) -> None:
        self._clear(row, 1)
        self._at = row * _WIDTH
        while text and self._at < (row + 1) * _WIDTH:
            text = text[self._character(text) or 1 :]
        self._at = row * _WIDTH

    def _character(self, data: bytes) -> int:
        wide = data[0] >= 0x81
        if wide and len(data) < 2:
            return 0
        size = 1 + wide
        row, column = divmod(self._at, _WIDTH)
        if column + size <= _WIDTH:
            self._cells[row][column] = _shown(data[:size])
            if wide:
                self._cells[row][column + 1] = ""
        self._at = (self._at + size) % (2 * _WIDTH)
        return size

    def _clear(self, first: int, count: int) -> None:
        for row in range(first, first + count):
            self._cells[row] = [" "] * _WIDTH
        self._at = first * _WIDTH


def _shown(code: bytes) -> str:
    """One character, whatever the bytes."""
    try:
        return code.decode("gbk")
    except UnicodeDecodeError:
        return "\ufffd"
