"""Peaks in the manner of an engraving: an outline, and strokes down the side that lies in the shade."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sin

from shared.printing.sketch import WHITE, Point, Sketch

_STEP = 2.0  # units between two points of a ridge


@dataclass(frozen=True, slots=True)
class Range:
    """A chain of mountains: the corners of its ridge, how rough the rock is, and how densely its shade is drawn."""

    corners: tuple[Point, ...]
    roughness: float
    stroke_gap: float
    stroke_length: float
    weight: float
    foot: float  # the units' height below which nothing of it is seen


def draw_range(sketch: Sketch, mountains: Range) -> None:
    """Covers what lies behind, then draws the ridge and the shaded sides."""
    ridge = _ridge(mountains)
    sketch.area([*ridge, (ridge[-1][0], mountains.foot), (ridge[0][0], mountains.foot)], WHITE)
    for start, length in _shade(mountains, ridge):
        end = min(start[1] + length, mountains.foot)
        sketch.line([start, (start[0] - (end - start[1]) * 0.18, end)], mountains.weight * 0.62)
    sketch.line(ridge, mountains.weight)


def _ridge(mountains: Range) -> list[Point]:
    """The ridge with the small breaks of rock, the same on every run."""
    points = []
    for (x0, y0), (x1, y1) in pairwise(mountains.corners):
        steps = max(1, round((x1 - x0) / _STEP))
        for step in range(steps):
            x = x0 + (x1 - x0) * step / steps
            y = y0 + (y1 - y0) * step / steps
            points.append((x, y + _break(x, mountains.roughness)))
    return [*points, mountains.corners[-1]]


def _break(x: float, roughness: float) -> float:
    return roughness * (sin(x * 0.83) + 0.6 * sin(x * 1.91 + 1.3) + 0.4 * sin(x * 0.29 + 0.4)) / 2


def _shade(mountains: Range, ridge: list[Point]) -> list[tuple[Point, float]]:
    """Where the strokes of the shaded (right, falling) sides begin, and how long each is."""
    strokes = []
    for (x0, y0), (x1, y1) in pairwise(mountains.corners):
        if y1 <= y0:
            continue
        count = max(1, int((x1 - x0) / mountains.stroke_gap))
        for number in range(count):
            share = (number + 0.5) / count
            x = x0 + (x1 - x0) * share
            wave = 0.72 + 0.28 * sin(number * 2.3 + x0)
            length = mountains.stroke_length * (1 - 0.7 * share) * wave * min(1.0, (y1 - y0) / 70)
            strokes.append(((x, _height(ridge, x)), length))
    return strokes


def _height(ridge: list[Point], x: float) -> float:
    return min(ridge, key=lambda point: abs(point[0] - x))[1]
