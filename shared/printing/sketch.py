"""Line art for 1-bit paper: drawn four times as large and brought down, so that a line is clean and never dithered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

Point = tuple[float, float]

BLACK = 0
WHITE = 255
_OVERSIZE = 4
_INK_BELOW = 128  # how dark, of 255, a reduced dot must be to be printed


@dataclass(frozen=True, slots=True)
class _Frame:
    """How units of the drawing become dots of the oversized picture."""

    factor: float

    def points(self, points: Iterable[Point]) -> list[Point]:
        return [(round(x * self.factor), round(y * self.factor)) for x, y in points]

    def dots(self, length: float) -> int:
        return max(1, round(length * self.factor))


class Sketch:
    """A drawing in units of its own, `scale` dots each; later strokes cover earlier ones."""

    def __init__(self, width: float, height: float, scale: float) -> None:
        self.width, self.height = width, height
        self._frame = _Frame(scale * _OVERSIZE)
        size = (round(width * scale) * _OVERSIZE, round(height * scale) * _OVERSIZE)
        self._image = Image.new("L", size, WHITE)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[Point], weight: float = 1.0, ink: int = BLACK) -> None:
        """A line through `points`, `weight` units thick, with round joints and ends."""
        weight_dots = self._frame.dots(weight)
        placed = self._frame.points(points)
        self._draw.line(placed, ink, weight_dots, joint="curve")
        radius = weight_dots / 2
        for x, y in (placed[0], placed[-1]):
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), ink)

    def area(self, points: Sequence[Point], ink: int = BLACK) -> None:
        self._draw.polygon(self._frame.points(points), ink)

    def oval(self, box: tuple[float, float, float, float], ink: int = BLACK) -> None:
        """The ellipse within (left, top, right, bottom)."""
        (left, top), (right, bottom) = self._frame.points((box[:2], box[2:]))
        self._draw.ellipse((left, top, right, bottom), ink)

    def block(self, box: tuple[float, float, float, float], ink: int = BLACK, radius: float = 0) -> None:
        """The rectangle of (left, top, right, bottom), its corners rounded."""
        (left, top), (right, bottom) = self._frame.points((box[:2], box[2:]))
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius * self._frame.factor, ink)

    def picture(self) -> Image.Image:
        """The drawing in dots, 8-bit, nothing between black and white."""
        return self._image.reduce(_OVERSIZE).point(lambda grey: BLACK if grey < _INK_BELOW else WHITE)


def curve(start: Point, bend: Point, end: Point, steps: int = 12) -> list[Point]:
    """Points of the quadratic curve from `start` to `end`, drawn towards `bend`."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]))
    return points
