"""Text in the printer's own Chinese font: faster than a picture, where the model's profile declares GB 18030.

A cell is 12 dots; ASCII takes one, a Chinese character two. What the font does not surely have, in the right form,
is left to the renderer: other languages' forms, Cyrillic and Greek (wide and far apart in that font), and all beyond
GBK, the part of GB 18030 that every such font has.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from drivers.contracts.printer import Columns, TextLine
from drivers.printer.wrapping import wrap

CELL_DOTS = 12
_LINE_DOTS = 32  # 24 dots of type and 8 of leading
_LANGUAGES = frozenset({"", "en", "zh-Hans"})  # the font has the simplified forms
_LIKENESS = str.maketrans({"¥": "￥", "\u00a0": " "})  # the yen sign of Latin 1 is not in the font, its wide twin is
_SURE = "gbk"
_CHINESE = b"\x1c&"  # FS &
_LEFT, _LINE_END = b"\x1ba\x00", b"\n"
_SIDES = {"left": 0, "centre": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class Typed:
    """A block as characters: the bytes and the height in dots."""

    data: bytes
    height: int


def typed(block: TextLine | Columns, width_dots: int) -> Typed | None:
    """The block in the printer's own font; None when it has to be drawn."""
    cells = width_dots // (CELL_DOTS * block.size)
    texts = (block.text,) if isinstance(block, TextLine) else (block.left, block.right)
    if block.language not in _LANGUAGES or not all(_settable(character) for text in texts for character in _like(text)):
        return None
    if isinstance(block, TextLine):
        rows, side = wrap(_like(block.text), cells, cells_of), block.align
    else:
        rows, side = _columns(_like(block.left), _like(block.right), cells), "left"
    head = _CHINESE + _style(block.size, block.bold) + b"\x1ba" + bytes([_SIDES[side]])
    body = b"".join(row.encode("gb18030") + _LINE_END for row in rows)
    return Typed(head + body + _LEFT, len(rows) * _LINE_DOTS * block.size)


def cells_of(text: str) -> int:
    """How many cells `text` takes."""
    return sum(1 if character.isascii() else 2 for character in text)


def _columns(left: str, right: str, cells: int) -> list[str]:
    """The right text at the right margin of the last line; below the left one when it takes over half the line."""
    if cells_of(right) > cells // 2:
        return [*wrap(left, cells, cells_of), *(_pad("", row, cells) for row in wrap(right, cells, cells_of))]
    *rows, last = wrap(left, cells - cells_of(right) - 1, cells_of)
    return [*rows, _pad(last, right, cells)]


def _pad(left: str, right: str, cells: int) -> str:
    return left + " " * (cells - cells_of(left) - cells_of(right)) + right


def _like(text: str) -> str:
    return text.translate(_LIKENESS)


def _settable(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    is_letter_of_another_script = unicodedata.category(character).startswith("L") and (
        unicodedata.east_asian_width(character) != "W"
    )
    try:
        return not is_letter_of_another_script and len(character.encode(_SURE)) == 2
    except UnicodeEncodeError:
        return False


def _style(size: int, bold: bool) -> bytes:
    """GS ! in both directions, ESC E, ESC 3 in dots."""
    scale = (size - 1) * 0x11
    return b"\x1d!" + bytes([scale]) + b"\x1bE" + bytes([bold]) + b"\x1b3" + bytes([_LINE_DOTS * size])
