"""Texts cut to a display's cells: an ASCII character takes one, a Chinese character two."""

from __future__ import annotations

import unicodedata
from typing import Literal

from drivers.contracts.customer_display import DisplayLine

WIDTH = 20
Characters = Literal["ascii", "gb18030"]
_SIGNS = str.maketrans({"¥": "￥", "×": "x"})
_PLAIN_SIGNS = str.maketrans({"¥": "", "￥": "", "×": "x", "–": "-", "—": "-", "’": "'", "：": ":"})


def laid_out(line: DisplayLine, characters: Characters) -> bytes:
    """Exactly 20 cells. The amount is never cut as long as it fits the line at all."""
    right = in_cells(encoded(line.right, characters), WIDTH)
    room = WIDTH - len(right) - bool(right)
    left = in_cells(chosen(line.left, line.plain, characters), max(0, room))
    return left + b" " * (WIDTH - len(left) - len(right)) + right


def chosen(text: str, plain: str, characters: Characters) -> bytes:
    """`text`, or `plain` where the display has no Chinese characters and `text` needs them."""
    return encoded(text if characters == "gb18030" or text.isascii() else plain or text, characters)


def encoded(text: str, characters: Characters) -> bytes:
    """One byte a cell: what the display cannot say becomes a question mark."""
    if characters == "gb18030":
        return b"".join(_chinese(character) for character in text.translate(_SIGNS))
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN_SIGNS))
    return b"".join(_plain(character) for character in bare if not unicodedata.combining(character))


def in_cells(data: bytes, cells: int) -> bytes:
    """The beginning of `data` in at most so many cells; a Chinese character is never halved."""
    end = 0
    while end < len(data):
        size = 1 if data[end] < 0x80 else 2
        if end + size > cells:
            break
        end += size
    return data[:end]


def _plain(character: str) -> bytes:
    return character.encode() if " " <= character <= "~" else b"?"


def _chinese(character: str) -> bytes:
    if character.isascii():
        return _plain(character)
    try:
        code = character.encode("gbk")
    except UnicodeEncodeError:
        return b"?"
    return code if len(code) == 2 else b"?"
