"""How wide text is in a typeface at any size: from one face in the font's own units, without opening it at each size.

An opened face takes a megabyte and a millisecond, and to find the size that fits dozens are tried.
"""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageFont

from shared.printing.typefaces import Style, typeface

_UNITS = 1000  # to the em, in all faces of Noto CJK


class Measure:
    """Widths in whole dots, the same that FreeType gives for the face at that size: hinted, and without kerning."""

    def __init__(self, face: ImageFont.FreeTypeFont) -> None:
        """`face` is at `_UNITS` dots to the em."""
        self._face = face
        self._advances: dict[str, int] = {}

    def length(self, text: str, size: int) -> int:
        """The width of one line at `size` dots to the em."""
        return sum(_dots(self._advance(letter), size) for letter in text)

    def _advance(self, letter: str) -> int:
        advance = self._advances.get(letter)
        if advance is None:
            advance = self._advances[letter] = round(self._face.getlength(letter))
        return advance


@lru_cache(maxsize=12)
def measure(language: str, style: Style) -> Measure:
    """The measure of a language's face. Raises FontMissingError."""
    return Measure(typeface(language, style, _UNITS))


def _dots(advance: int, size: int) -> int:
    """Font units to dots: FreeType rounds to a 64th of a dot, and then to a dot."""
    return ((advance * size * 64 + _UNITS // 2) // _UNITS + 32) // 64
