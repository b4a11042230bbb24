"""Thermal paper: dots are burnt at the head, the knife stands some millimetres further on."""

from __future__ import annotations

import qrcode
from PIL import Image, ImageDraw, ImageFont

DOTS_PER_MM = 8
_FONT_DOTS = 24
_SIDES = {0: 0.0, 1: 0.5, 2: 1.0, 48: 0.0, 49: 0.5, 50: 1.0}


class Paper:
    """The strip between the last cut and the head; rows of dots, 1 = black."""

    def __init__(self, width: int, knife_mm: float) -> None:
        self.width = width
        self.knife_rows = round(knife_mm * DOTS_PER_MM)
        self._strip = Image.new("1", (width, self.knife_rows))
        self._side = 0.0
        self._line = ""

    def reset(self) -> None:
        """ESC @: back to the modes at power-on; what is printed stays."""
        self._side = 0.0
        self._line = ""

    def justify(self, side: int) -> None:
        self._side = _SIDES.get(side, self._side)

    def graphics(self, row_bytes: int, height: int, bits: bytes) -> int:
        """Burns a picture; returns the rows of paper it took."""
        return self._burn(Image.frombytes("1", (row_bytes * 8, height), bits))

    def type(self, text: str) -> None:
        self._line += text

    def line_end(self) -> int:
        picture = Image.new("1", (self.width, _FONT_DOTS + 6))
        font = ImageFont.load_default(_FONT_DOTS)
        spare = self.width - font.getlength(self._line)
        ImageDraw.Draw(picture).text((max(0.0, spare * self._side), 0), self._line, fill=1, font=font)
        self._line = ""
        return self._burn(picture)

    def symbol(self, data: bytes, module_dots: int, correction: int) -> int:
        """A QR code drawn by the printer itself, without a quiet zone."""
        code = qrcode.QRCode(error_correction=correction, border=0)
        code.add_data(data)
        rows = code.get_matrix()
        modules = Image.new("1", (len(rows), len(rows)))
        modules.putdata([int(dark) for row in rows for dark in row])
        side = len(rows) * module_dots
        return self._burn(modules.resize((side, side), Image.Resampling.NEAREST))

    def feed(self, rows: int) -> int:
        strip = Image.new("1", (self.width, self._strip.height + rows))
        strip.paste(self._strip, (0, 0))
        self._strip = strip
        return rows

    def cut(self, feed: int | None) -> Image.Image:
        """The sheet that falls. `feed` moves the last printed row to the knife and that many rows beyond."""
        if feed is not None:
            self.feed(self.knife_rows + feed)
        length = self._strip.height - self.knife_rows
        sheet = self._strip.crop((0, 0, self.width, length))
        self._strip = self._strip.crop((0, length, self.width, self._strip.height))
        return sheet

    def _burn(self, picture: Image.Image) -> int:
        top = self._strip.height
        self.feed(picture.height)
        self._strip.paste(picture, (round((self.width - picture.width) * self._side), top))
        return picture.height
