"""Printed matter as pictures: text, columns, rules and QR codes drawn to the dots of the paper.

Drawn here and not by the printer, because a picture is the same on every printer and in every script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

import qrcode
from PIL import Image, ImageDraw, ImageFont

from drivers.contracts.printer import Columns, QrCode, Raster, Rule, TextLine
from drivers.printer.profile import PrinterProfile
from drivers.printer.typeface import Typeface
from drivers.printer.wrapping import wrap

_LEADING = 1.3  # line height in ems
_BASELINE = 1.03  # from the top of the line, in ems
_RULE_DOTS = 2
_DASH_DOTS = (8, 6)  # drawn, left out
_QUIET_MODULES = 4  # ISO/IEC 18004
_CORRECTION = {
    "L": qrcode.constants.ERROR_CORRECT_L,
    "M": qrcode.constants.ERROR_CORRECT_M,
    "Q": qrcode.constants.ERROR_CORRECT_Q,
    "H": qrcode.constants.ERROR_CORRECT_H,
}

Drawable = Raster | TextLine | Columns | QrCode | Rule


@dataclass(frozen=True)
class Renderer:
    """Draws blocks at the full printable width of a model."""

    profile: PrinterProfile
    typeface: Typeface

    def draw(self, block: Drawable) -> Raster:
        """The block as a picture. Raises ValueError when it cannot fit the paper's width."""
        match block:
            case TextLine():
                return _raster(self._text(block))
            case Columns():
                return _raster(self._columns(block))
            case QrCode():
                return _raster(self._centred(qr_picture(block)))
            case Rule():
                return _raster(self._rule(block))
            case Raster():
                return _raster(self._centred(_picture(block)))
            case _:
                assert_never(block)

    def _text(self, line: TextLine) -> Image.Image:
        font = self._font(line)
        rows = wrap(line.text, self.profile.width_dots, font.getlength)
        paper = self._blank(len(rows) * _line_height(font))
        for number, row in enumerate(rows):
            spare = self.profile.width_dots - font.getlength(row)
            left = {"left": 0.0, "centre": spare / 2, "right": spare}[line.align]
            _write(paper, left, number, row, font)
        return paper

    def _columns(self, columns: Columns) -> Image.Image:
        font = self._font(columns)
        right = font.getlength(columns.right)
        gap = font.size / 2
        if right > self.profile.width_dots / 2:
            return self._stacked(columns)
        rows = wrap(columns.left, self.profile.width_dots - right - gap, font.getlength)
        paper = self._blank(len(rows) * _line_height(font))
        for number, row in enumerate(rows):
            _write(paper, 0, number, row, font)
        _write(paper, self.profile.width_dots - right, len(rows) - 1, columns.right, font)
        return paper

    def _stacked(self, columns: Columns) -> Image.Image:
        """Left above right, when there is no room for both on one line."""
        above = self._text(TextLine(columns.left, "left", columns.size, columns.bold, columns.language))
        below = self._text(TextLine(columns.right, "right", columns.size, columns.bold, columns.language))
        paper = self._blank(above.height + below.height)
        paper.paste(above, (0, 0))
        paper.paste(below, (0, above.height))
        return paper

    def _rule(self, rule: Rule) -> Image.Image:
        paper = self._blank(self.profile.text_dots // 2)
        draw = ImageDraw.Draw(paper)
        top = (paper.height - _RULE_DOTS) // 2
        dash, gap = _DASH_DOTS if rule.dashed else (self.profile.width_dots, 0)
        for left in range(0, self.profile.width_dots, dash + gap):
            draw.rectangle((left, top, left + dash - 1, top + _RULE_DOTS - 1), fill=1)
        return paper

    def _centred(self, picture: Image.Image) -> Image.Image:
        if picture.width > self.profile.width_dots:
            raise ValueError(f"a picture {picture.width} dots wide does not fit {self.profile.width_dots}")
        paper = self._blank(picture.height)
        paper.paste(picture, ((self.profile.width_dots - picture.width) // 2, 0))
        return paper

    def _font(self, style: TextLine | Columns) -> ImageFont.FreeTypeFont:
        return self.typeface.font(self.profile.text_dots * style.size, style.bold, style.language)

    def _blank(self, height: int) -> Image.Image:
        return Image.new("1", (self.profile.width_dots, height))


def qr_picture(code: QrCode) -> Image.Image:
    """The code alone with its quiet zone; 1 = black."""
    symbol = qrcode.QRCode(error_correction=_CORRECTION[code.correction], border=_QUIET_MODULES)
    symbol.add_data(code.data, optimize=0)
    rows = symbol.get_matrix()
    modules = Image.new("1", (len(rows), len(rows)))
    modules.putdata([int(dark) for row in rows for dark in row])
    side = len(rows) * code.module_dots
    return modules.resize((side, side), Image.Resampling.NEAREST)


def _line_height(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * _LEADING)


def _write(paper: Image.Image, left: float, line: int, text: str, font: ImageFont.FreeTypeFont) -> None:
    draw = ImageDraw.Draw(paper)
    baseline = line * _line_height(font) + round(font.size * _BASELINE)
    draw.text((round(left), baseline), text, fill=1, font=font, anchor="ls")


def _raster(picture: Image.Image) -> Raster:
    return Raster(picture.width, picture.height, picture.tobytes())


def _picture(raster: Raster) -> Image.Image:
    return Image.frombytes("1", (raster.width, raster.height), raster.bits)
