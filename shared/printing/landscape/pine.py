"""A pine that leans over the way and spreads flat, as they grow out of the granite."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from shared.printing.sketch import WHITE, Point, Sketch, curve


@dataclass(frozen=True, slots=True)
class Pine:
    """Where it roots, how large it is, and to which side it leans (-1 left, 1 right)."""

    root: Point
    size: float
    lean: int


# Each cloud of needles: how far out and up (in sizes), and its half width and height.
_NEEDLES = (
    (0.55, 0.98, 0.40, 0.15),
    (0.98, 0.80, 0.42, 0.13),
    (0.18, 0.78, 0.34, 0.13),
    (0.72, 0.60, 0.36, 0.11),
    (1.22, 0.58, 0.26, 0.09),
    (-0.06, 0.56, 0.24, 0.09),
)
_BRANCHES = (((0.30, 0.48), (0.62, 0.58)), ((0.42, 0.66), (0.95, 0.76)), ((0.16, 0.36), (-0.04, 0.52)))


def draw_pine(sketch: Sketch, pine: Pine) -> None:
    """The trunk, its branches and flat clouds of needles, each with a light upper edge."""
    weight = pine.size * 0.085
    trunk = curve(_at(pine, 0, 0), _at(pine, 0.05, 0.55), _at(pine, 0.52, 0.95))
    for part, (start, end) in enumerate(pairwise(trunk)):
        sketch.line([start, end], weight * (1.25 - 0.07 * part))
    for start, end in _BRANCHES:
        sketch.line([_at(pine, *start), _at(pine, *end)], weight * 0.5)
    for out, up, half, high in _NEEDLES:
        _draw_needles(sketch, _at(pine, out, up), half * pine.size, high * pine.size)


def _at(pine: Pine, out: float, up: float) -> Point:
    return pine.root[0] + pine.lean * out * pine.size, pine.root[1] - up * pine.size


def _draw_needles(sketch: Sketch, centre: Point, half: float, high: float) -> None:
    x, y = centre
    outline: list[Point] = [(x - half, y)]
    tufts = 5
    for tuft in range(tufts):
        left = x - half + 2 * half * tuft / tufts
        right = left + 2 * half / tufts
        lift = high * (1.9 - 1.2 * abs(tuft - (tufts - 1) / 2) / (tufts / 2))
        outline += curve((left, outline[-1][1]), ((left + right) / 2, y - lift), (right, y - lift * 0.3), 6)[1:]
    outline += curve((x + half, y), (x, y + high * 0.7), (x - half, y))
    sketch.line([*outline, outline[0]], high * 0.35, WHITE)
    sketch.area(outline)
    for share in (-0.45, 0.0, 0.45):
        start = (x + share * half - 1, y + high * 0.05)
        sketch.line([start, (start[0] + half * 0.16, y - high * 0.4)], max(0.7, high * 0.09), WHITE)
