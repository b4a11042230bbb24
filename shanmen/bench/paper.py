"""Thermal paper as a person sees it: the printed dots on warm paper with a margin and a cut edge."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter

_MARGIN_DOTS = 32
_TABLE_DOTS = 28
_PAPER = (253, 252, 247)
_INK = (34, 32, 38)
_TABLE = (226, 222, 214)
_TOOTH_DOTS = 8


def photograph(dots: Image.Image) -> Image.Image:
    """A picture (RGB) of a sheet lying on a table; `dots` is 1-bit with 1 = black."""
    printed = Image.new("RGB", dots.size, _PAPER)
    printed.paste(_INK, mask=dots.convert("L"))
    sheet = Image.new("RGB", (dots.width + 2 * _MARGIN_DOTS, dots.height + 2 * _TOOTH_DOTS), _PAPER)
    sheet.paste(printed, (_MARGIN_DOTS, _TOOTH_DOTS))
    outline = _cut_outline(sheet.size)
    picture = Image.new("RGB", (sheet.width + 2 * _TABLE_DOTS, sheet.height + 2 * _TABLE_DOTS), _TABLE)
    picture.paste((190, 184, 174), (_TABLE_DOTS + 5, _TABLE_DOTS + 7), outline)
    picture = picture.filter(ImageFilter.GaussianBlur(6))
    picture.paste(sheet, (_TABLE_DOTS, _TABLE_DOTS), outline)
    return picture


def _cut_outline(size: tuple[int, int]) -> Image.Image:
    """A mask with the fine teeth that a knife leaves at both ends."""
    width, height = size
    mask = Image.new("L", size, 0)
    pen = ImageDraw.Draw(mask)
    teeth = range(0, width + _TOOTH_DOTS, _TOOTH_DOTS)
    top = [(x, 0 if i % 2 else _TOOTH_DOTS // 2) for i, x in enumerate(teeth)]
    bottom = [(x, height - (0 if i % 2 else _TOOTH_DOTS // 2)) for i, x in enumerate(teeth)]
    pen.polygon([*top, *reversed(bottom)], fill=255)
    return mask
