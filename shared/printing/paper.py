"""A strip of paper to compose on: text and pictures are placed and measured, and it ends up as 1-bit dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageChops, ImageDraw

from drivers.contracts.printer import Raster
from shared.printing.sketch import BLACK, WHITE
from shared.printing.typesetting import Paragraph

Align = Literal["left", "centre", "right"]

_INK_BELOW = 150  # a little above the middle, so that thin strokes of small type survive on thermal paper


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in dots; `right` and `bottom` are outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left


class Paper:
    """A strip `width` dots wide, as long as `length` at most; `placed` holds the ink boxes of all text lines."""

    def __init__(self, width: int, length: int) -> None:
        self.width = width
        self.placed: list[tuple[str, Box]] = []
        self._image = Image.new("L", (width, length), WHITE)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, paragraph: Paragraph, box: Box, align: Align = "left", ink: int = BLACK) -> int:
        """Sets a paragraph from the top of `box`; returns the height at which it ends."""
        top = box.top
        for line in paragraph.lines:
            length = paragraph.font.getlength(line)
            left = {"left": box.left, "centre": box.left + (box.width - length) / 2, "right": box.right - length}[align]
            self._line(paragraph, line, round(left), top, ink)
            top += paragraph.leading
        return top

    def _line(self, paragraph: Paragraph, line: str, left: int, top: int, ink: int) -> None:
        middle = top + paragraph.leading // 2
        baseline = middle + round(paragraph.size * 0.38)
        self._draw.text((left, baseline), line, ink, paragraph.font, anchor="ls")
        ink_box = self._draw.textbbox((left, baseline), line, paragraph.font, anchor="ls")
        self.placed.append((line, Box(*(round(edge) for edge in ink_box))))

    def block(self, box: Box, ink: int = BLACK, radius: int = 0) -> None:
        self._draw.rounded_rectangle((box.left, box.top, box.right - 1, box.bottom - 1), radius, ink)

    def frame(self, box: Box, weight: int, radius: int = 0, ink: int = BLACK) -> None:
        """An outline inside `box`."""
        edges = (box.left, box.top, box.right - 1, box.bottom - 1)
        self._draw.rounded_rectangle(edges, radius, outline=ink, width=weight)

    def rule(self, left: int, right: int, top: int, weight: int = 1) -> None:
        self._draw.rectangle((left, top, right - 1, top + weight - 1), BLACK)

    def dashes(self, left: int, right: int, top: int, dash: int, weight: int) -> None:
        for start in range(left, right, 2 * dash):
            self._draw.rectangle((start, top, min(start + dash, right) - 1, top + weight - 1), BLACK)

    def disc(self, centre: tuple[int, int], radius: int, ink: int) -> None:
        x, y = centre
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), ink)

    def picture(self, picture: Image.Image, left: int, top: int) -> None:
        self._image.paste(picture, (left, top))

    def overlay(self, picture: Image.Image) -> None:
        """Lays a picture over the strip from its top; only its dark dots cover what is there."""
        below = self._image.crop((0, 0, picture.width, picture.height))
        self._image.paste(ImageChops.darker(below, picture))

    def raster(self, length: int) -> Raster:
        """The first `length` rows, as a printer takes them."""
        page = self._image.crop((0, 0, self.width, length))
        ink = page.point(lambda grey: WHITE if grey < _INK_BELOW else BLACK).convert("1")
        return Raster(self.width, length, ink.tobytes())
