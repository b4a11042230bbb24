"""The ticket's outline: a double line with hollow corners, notched where the stub begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin

from shared.printing.paper import Paper
from shared.printing.sketch import Point, Sketch
from shared.printing.ticket_face.layout import NOTCH

_EDGE = 3  # from the paper's edge to the middle of the outer line
_CORNER = 20  # radius of the hollow corners
_LINES = ((0.0, 3.0), (6.5, 1.2))  # each line's distance from the outer one, and its weight
_DASH = 7


@dataclass(frozen=True, slots=True)
class Outline:
    """The ticket's size, and the height at which the stub is torn off, in dots."""

    width: int
    length: int
    tear: int

    def draw(self, paper: Paper) -> None:
        """Draws the lines and the perforation over what stands within."""
        sketch = Sketch(self.width, self.length, scale=1)
        for inward, weight in _LINES:
            path = list(self._path(inward))
            sketch.line([*path, path[0]], weight)
        paper.overlay(sketch.picture())
        notch = _EDGE + NOTCH + 12
        paper.dashes(notch, self.width - notch, self.tear - 1, _DASH, 2)

    def _path(self, inward: float) -> Iterator[Point]:
        """Clockwise around the ticket, `inward` dots inside the outer line."""
        left, right, top, bottom = _EDGE, self.width - _EDGE, _EDGE, self.length - _EDGE
        yield from _bite((left, top), _CORNER, inward, (90, 0))
        yield from _bite((right, top), _CORNER, inward, (180, 90))
        yield from _bite((right, self.tear), NOTCH, inward, (270, 90))
        yield from _bite((right, bottom), _CORNER, inward, (270, 180))
        yield from _bite((left, bottom), _CORNER, inward, (360, 270))
        yield from _bite((left, self.tear), NOTCH, inward, (90, -90))


def _bite(centre: Point, radius: float, inward: float, angles: tuple[float, float]) -> Iterator[Point]:
    """An arc around `centre` from one angle (degrees, clockwise from the right) to another, between two sides."""
    reach = radius + inward
    shortened = degrees(asin(inward / reach))
    start, end = angles[0] - shortened, angles[1] + shortened
    steps = 24
    for step in range(steps + 1):
        angle = radians(start + (end - start) * step / steps)
        yield centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)
