"""A line of characters in a printer's own font: cells of 12 dots, two for a Chinese character."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

FONT_DOTS = 24
NORMAL_SPACING_DOTS = 30
_CELL_DOTS = 12
_HAN = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"  # package fonts-noto-cjk
_SIMPLIFIED = 2


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """As the commands before a character left it."""

    width: int = 1
    height: int = 1
    bold: bool = False


class TypedLine:
    """Collects characters until the line ends or is full."""

    def __init__(self, width: int) -> None:
        self._room = width
        self._characters: list[tuple[str, CharacterStyle]] = []

    @property
    def text(self) -> str:
        return "".join(character for character, _ in self._characters)

    @property
    def dots(self) -> int:
        return sum(_cell(character, style) for character, style in self._characters)

    def takes(self, character: str, style: CharacterStyle) -> bool:
        """Whether there is room for one more."""
        return self.dots + _cell(character, style) <= self._room

    def add(self, character: str, style: CharacterStyle) -> None:
        self._characters.append((character, style))

    def picture(self, spacing: int) -> Image.Image:
        """The line as it is burnt; at least `spacing` dots high, 1 = black."""
        height = max([spacing, *(FONT_DOTS * style.height for _, style in self._characters)])
        picture = Image.new("1", (max(1, self.dots), height))
        left = 0
        for character, style in self._characters:
            picture.paste(_drawn(character, style), (left, height - FONT_DOTS * style.height))
            left += _cell(character, style)
        return picture


def _cell(character: str, style: CharacterStyle) -> int:
    return _CELL_DOTS * style.width * (1 if character.isascii() else 2)


def _drawn(character: str, style: CharacterStyle) -> Image.Image:
    normal = CharacterStyle()
    glyph = Image.new("1", (_cell(character, normal), FONT_DOTS))
    draw = ImageDraw.Draw(glyph)
    font = ImageFont.truetype(_HAN, FONT_DOTS - 3, index=_SIMPLIFIED)
    draw.text((glyph.width / 2, FONT_DOTS - 4), character, fill=1, font=font, anchor="ms", stroke_width=int(style.bold))
    return glyph.resize((_cell(character, style), FONT_DOTS * style.height), Image.Resampling.NEAREST)
