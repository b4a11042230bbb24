"""Thermal paper: dots are burnt at the head, the knife stands some millimetres further on."""

from __future__ import annotations

import qrcode
from PIL import Image

from drivers.emulators.typed_line import NORMAL_SPACING_DOTS, CharacterStyle, TypedLine

DOTS_PER_MM = 8
_SIDES = {0: 0.0, 1: 0.5, 2: 1.0, 48: 0.0, 49: 0.5, 50: 1.0}


class Paper:
    """The strip between the last cut and the head; rows of dots, 1 = black. `mark_mm`: a mark every so often."""

    def __init__(self, width: int, knife_mm: float, mark_mm: float = 0.0) -> None:
        self.width = width
        self.knife_rows = round(knife_mm * DOTS_PER_MM)
        self._mark_rows = round(mark_mm * DOTS_PER_MM)
        self._past_knife = 0  # rows since the roll was put in
        self._strip = Image.new("1", (width, self.knife_rows))
        self._texts: list[str] = []
        self.reset()

    def reset(self) -> None:
        """ESC @: back to the modes at power-on; what is printed stays."""
        self._side = 0.0
        self.style = CharacterStyle()
        self._spacing = NORMAL_SPACING_DOTS
        self._line = TypedLine(self.width)

    def space(self, dots: int | None) -> None:
        """The height of a line of text from here on."""
        self._spacing = NORMAL_SPACING_DOTS if dots is None else dots

    def justify(self, side: int) -> None:
        self._side = _SIDES.get(side, self._side)

    def graphics(self, row_bytes: int, height: int, bits: bytes) -> int:
        """Burns a picture; returns the rows of paper it took."""
        return self._burn(Image.frombytes("1", (row_bytes * 8, height), bits))

    def type(self, text: str) -> int:
        """Sets characters; a full line is printed by itself. Returns the rows of paper that took."""
        rows = 0
        for character in text:
            if not self._line.takes(character, self.style):
                rows += self.line_end()
            self._line.add(character, self.style)
        return rows

    def line_end(self) -> int:
        line, self._line = self._line, TypedLine(self.width)
        if line.text:
            self._texts.append(line.text)
        return self._burn(line.picture(self._spacing))

    def texts(self) -> tuple[str, ...]:
        """The lines set in the printer's own font since this was last asked."""
        texts, self._texts = tuple(self._texts), []
        return texts

    def to_mark(self) -> int:
        """Moves the next mark to the knife, unless one is there; returns the rows. Without marks nothing moves."""
        return self.feed(-self._past_knife % self._mark_rows) if self._mark_rows else 0

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
        self._past_knife += rows
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
