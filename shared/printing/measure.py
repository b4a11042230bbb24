"""How wide text is in a typeface at any size: from one face in the font's own units, without opening it at each size.

An opened face takes a megabyte and a millisecond, and to find the size that fits dozens are tried.
"""

from __future__ import annotations

from functools import lru_cache

from shared.printing.typefaces import Style, typeface

_UNITS = 1000  # to the em, in all faces of Noto CJK


class Measure:
    """Widths in whole dots, the same that FreeType gives for the face at that size: hinted, and without kerning."""

    def __init__(self, language: str, style: Style) -> None:
        self._language = language
        self._style: Style = style
        self._advances: dict[str, int] = {}

    def length(self, text: str, size: int) -> int:
        """The width of one line at `size` dots to the em. Raises FontMissingError."""
        return sum(_dots(self._advance(letter), size) for letter in text)

    def _advance(self, letter: str) -> int:
        advance = self._advances.get(letter)
        if advance is None:
            face = typeface(self._language, self._style, _UNITS)
            advance = self._advances[letter] = round(face.getlength(letter))
        return advance


@lru_cache(maxsize=18)
def measure(language: str, style: Style) -> Measure:
    """The measure of a language's face; it learns the letters that it meets."""
    return Measure(language, style)


def _dots(advance: int, size: int) -> int:
    """Font units to dots: FreeType rounds to a 64th of a dot, and then to a dot."""
    return ((advance * size * 64 + _UNITS // 2) // _UNITS + 32) // 64
