"""Setting text in a width: type as large as fits, wrapped where the script allows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import ImageFont

from shared.printing.measure import Measure, measure
from shared.printing.typefaces import Style, typeface

# What no line break divides: a Han letter or hiragana, or a word in katakana, with the marks that cling to it;
# a word to its hyphen, with the blanks after it.
_HAN = r"\u2e80-\u2fdf\u3040-\u309f\u3400-\u9fff\uf900-\ufaff"
_KATAKANA = r"\u30a0-\u30ff"
_OPENING = r"（「『【《〈"
_CLOSING = r"、。，．：；！？）」』】》〉…%ぁぃぅぇぉっゃゅょゎ"
_PIECE = re.compile(
    rf"[{_OPENING}]*(?:[{_KATAKANA}]+|[{_HAN}])[{_CLOSING}]*"
    rf"|[^ \n{_HAN}{_KATAKANA}-]*-[ \n]*|[^ \n{_HAN}{_KATAKANA}-]+[ \n]*|[ \n]+"
)

_LEADING = 1.25  # the distance of two lines, in ems
_BEFORE_WRAPPING = 0.78  # how far type shrinks before the text takes one more line
_NARROW_SPACE, _SPACE = "\u202f", "\u00a0"  # dates and amounts hold the first; neither breaks a line


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text may be set: its style, and the sizes (dots to the em) between which it shrinks to fit."""

    style: Style
    largest: int
    smallest: int
    lines: int = 1  # how many lines it may take before it shrinks


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size, which is opened when it is drawn in: to measure texts its language's measure is enough."""

    language: str
    style: Style
    size: int
    rule: Measure = field(repr=False)

    def length(self, text: str) -> int:
        return self.rule.length(text, self.size)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that was set: its lines, the type, and the box it fills."""

    lines: tuple[str, ...]
    type: Type
    width: int

    @property
    def size(self) -> int:
        return self.type.size

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The face to draw it in."""
        return typeface(self.type.language, self.type.style, self.type.size)

    @property
    def leading(self) -> int:
        return round(self.size * _LEADING)

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def set_text(text: str, language: str, setting: Setting, width: int) -> Paragraph:
    """Sets `text` in `width` dots: large on few even lines, else smaller, else the smallest on as many as it takes."""
    pieces = _PIECE.findall(with_known_spaces(text))
    rule = measure(language, setting.style)
    for lines, size in _trials(setting):
        paragraph = _paragraph(pieces, Type(language, setting.style, size, rule), width)
        if len(paragraph.lines) <= lines and paragraph.width <= width:
            return _balanced(pieces, paragraph)
    smallest = Type(language, setting.style, setting.smallest, rule)
    return _paragraph([part for piece in pieces for part in _broken(piece, smallest, width)], smallest, width)


def with_known_spaces(text: str) -> str:
    """The text with the plain unbreakable space for the narrow one, which the typefaces lack."""
    return text.replace(_NARROW_SPACE, _SPACE)


def _trials(setting: Setting) -> Iterator[tuple[int, int]]:
    """Numbers of lines and sizes, from the most wanted to the least."""
    for lines in range(1, setting.lines + 1):
        floor = setting.smallest
        if lines < setting.lines:
            floor = max(floor, round(setting.largest * _BEFORE_WRAPPING))
        for size in range(setting.largest, floor - 1, -1):
            yield lines, size


def _balanced(pieces: list[str], paragraph: Paragraph) -> Paragraph:
    """The same number of lines, as even in length as they can be, so that no word is left alone."""
    if len(paragraph.lines) == 1:
        return paragraph
    narrow, wide = 0, paragraph.width
    while wide - narrow > 1:
        middle = (narrow + wide) // 2
        trial = _paragraph(pieces, paragraph.type, middle)
        if len(trial.lines) == len(paragraph.lines) and trial.width <= middle:
            wide, paragraph = middle, trial
        else:
            narrow = middle
    return paragraph


def _paragraph(pieces: list[str], type: Type, width: int) -> Paragraph:
    lines = tuple(_wrapped(pieces, type, width))
    return Paragraph(lines, type, max(map(type.length, lines), default=0))


def _wrapped(pieces: list[str], type: Type, width: int) -> Iterator[str]:
    line = ""
    for piece in pieces:
        if line and type.length((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    if line.strip():
        yield line.rstrip()


def _broken(piece: str, type: Type, width: int) -> Iterator[str]:
    """A word that is wider than the line, cut into parts that are not."""
    part = ""
    for letter in piece:
        if part and type.length((part + letter).rstrip()) > width:
            yield part
            part = ""
        part += letter
    yield part
