"""A sheet as a person would see it: warm thermal paper with its margins, serrated where it was cut."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_PAPER = (252, 249, 243)
_INK = (38, 35, 41)
_TABLE = (226, 222, 214)
_SHADOW = (176, 170, 160)
_MARGIN_DOTS = 32  # 80 mm paper, 72 mm of it printed
_TABLE_DOTS = 40
_TOOTH_DOTS = 8
_SHADOW_OFFSET = 6
_INK_SPREAD = 0.6  # thermal dots run into one another a little


def picture_of(dots: Image.Image) -> Image.Image:
    """An RGB picture of a sheet's `dots` (mode 1, 1 = black) at one pixel per dot, lying on a table."""
    paper = _paper(dots)
    outline = _outline(paper.size)
    table = Image.new("RGB", (paper.width + 2 * _TABLE_DOTS, paper.height + 2 * _TABLE_DOTS), _TABLE)
    table.paste(_SHADOW, (_TABLE_DOTS, _TABLE_DOTS + _SHADOW_OFFSET), outline)
    table = table.filter(ImageFilter.GaussianBlur(_SHADOW_OFFSET))
    table.paste(paper, (_TABLE_DOTS, _TABLE_DOTS), outline)
    return table


def _paper(dots: Image.Image) -> Image.Image:
    paper = Image.new("RGB", (dots.width + 2 * _MARGIN_DOTS, dots.height), _PAPER)
    ink = dots.convert("L").filter(ImageFilter.GaussianBlur(_INK_SPREAD))
    ink = ImageChops.lighter(ink, dots.convert("L").point(lambda dot: dot * 4 // 5))
    paper.paste(Image.new("RGB", dots.size, _INK), (_MARGIN_DOTS, 0), ink)
    return paper


def _outline(size: tuple[int, int]) -> Image.Image:
    """The sheet's shape: straight sides, teeth above and below."""
    width, height = size
    upper = [(x, 0 if x // _TOOTH_DOTS % 2 else _TOOTH_DOTS // 2) for x in range(0, width + 1, _TOOTH_DOTS)]
    lower = [(x, height - 1 - y) for x, y in reversed(upper)]
    outline = Image.new("L", size)
    ImageDraw.Draw(outline).polygon(upper + lower, fill=255)
    return outline
