"""Breaking text into lines: between words, and between any two Chinese or Japanese characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

# A closing mark never starts a line, an opening one never ends it.
_CLOSING = "，。、；：！？）】》」』”’,.;:!?)]}%°"
_OPENING = "（【《「『“‘([{"


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`text` in lines no wider than `width` in the unit of `measure`; a single piece too wide is broken anywhere."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
        while measure(line.rstrip()) > width and len(line) > 1:
            kept = _fitting(line, width, measure)
            lines.append(line[:kept])
            line = line[kept:]
    return [*lines, line.rstrip()]


def _fitting(line: str, width: float, measure: Callable[[str], float]) -> int:
    kept = len(line) - 1
    while kept > 1 and measure(line[:kept]) > width:
        kept -= 1
    return kept


def _pieces(text: str) -> Iterator[str]:
    """What must not be parted: a word with its space, a wide character with the marks that cling to it."""
    piece = ""
    for character in text:
        if piece and _may_part(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_part(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING or after.isspace():
        return False
    return before.isspace() or _is_ideographic(before) or _is_ideographic(after)


def _is_ideographic(character: str) -> bool:
    """Wide characters part freely, except Hangul, which is written with spaces between words."""
    return unicodedata.east_asian_width(character) in "WF" and not re.match("[\uac00-\ud7a3]", character)
