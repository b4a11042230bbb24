"""Where the zone's lines lie in a frame: by their shape alone, in a few milliseconds.

A zone is two or three long, parallel lines of dark print, 2.5 character pitches apart (6.35 mm and 2.54 mm, ICAO
9303-3, 4.1). No neural detector is needed for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import cv2
import numpy as np
from cv2.typing import MatLike

from drivers.contracts.camera import Pixels

_WORKING_WIDTH = 640
_PITCHES_BETWEEN_LINES = 2.5
_LEAST_SHARE = 0.35  # of the picture's width that a line takes
_THICKEST = 40  # working pixels
_ANGLES_APART = 3.0
_WIDTHS_ALIKE = 0.8
_SPACING_OF_WIDTH = (0.045, 0.105)  # 0.057 for 44 characters, 0.083 for 30
_THREE_LINES_FROM = 0.073
_WIDTHS = (36, 44)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line in pixels: its middle, its length, and how many degrees it is turned."""

    x: float
    y: float
    length: float
    angle: float


@dataclass(frozen=True, slots=True)
class LocatedZone:
    """A zone's lines from the top, with the width of one character in pixels."""

    lines: tuple[PrintedLine, ...]
    characters: int
    pitch: float


def locate(grey: Pixels) -> LocatedZone | None:
    """The lowest zone in a grey picture, or None."""
    found = sorted(_long_lines(grey), key=lambda line: line.y)
    for lines in reversed(list(zip(found, found[1:], found[2:], strict=False))):
        if all(_belong_together(*pair, _THREE_LINES_FROM) for pair in pairwise(lines)):
            return _zone(lines, (30,))
    for pair in reversed(list(pairwise(found))):
        if _belong_together(*pair, _SPACING_OF_WIDTH[0]):
            return _zone(pair, _WIDTHS)
    return None


def _long_lines(grey: Pixels) -> list[PrintedLine]:
    """Dark strokes joined into bars; the bars that are long enough."""
    scale = _WORKING_WIDTH / grey.shape[1]
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (3, 3), 0)
    strokes = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, _box(9, 9))
    bars = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, _box(19, 1))
    _, dark = cv2.threshold(bars, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(
        cv2.morphologyEx(dark, cv2.MORPH_OPEN, _box(9, 3)), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    lines = (_line(contour, scale) for contour in contours)
    return [line for line in lines if line is not None]


def _box(width: int, height: int) -> Pixels:
    return np.ones((height, width), np.uint8)


def _line(contour: MatLike, scale: float) -> PrintedLine | None:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if width < height:
        width, height, angle = height, width, angle - 90
    angle = (angle + 90) % 180 - 90
    if width < _LEAST_SHARE * _WORKING_WIDTH or height > _THICKEST or abs(angle) > 45:
        return None
    return PrintedLine(x / scale, y / scale, width / scale, angle)


def _belong_together(upper: PrintedLine, lower: PrintedLine, least: float) -> bool:
    longest = max(upper.length, lower.length)
    return (
        abs(upper.angle - lower.angle) < _ANGLES_APART
        and min(upper.length, lower.length) > _WIDTHS_ALIKE * longest
        and least <= _distance(upper, lower) / longest <= _SPACING_OF_WIDTH[1]
    )


def _distance(upper: PrintedLine, lower: PrintedLine) -> float:
    """Between the two lines, across them."""
    turn = radians((upper.angle + lower.angle) / 2)
    return (lower.y - upper.y) * cos(turn) - (lower.x - upper.x) * sin(turn)


def _zone(lines: tuple[PrintedLine, ...], widths: tuple[int, ...]) -> LocatedZone:
    """The number of characters follows from length and distance; lines that were seen in part are completed."""
    longest = max(lines, key=lambda line: line.length)
    spacing = sum(_distance(*pair) for pair in pairwise(lines)) / (len(lines) - 1)
    estimate = longest.length * _PITCHES_BETWEEN_LINES / spacing
    characters = min(widths, key=lambda width: abs(width - estimate))
    return LocatedZone(tuple(_completed(line, longest) for line in lines), characters, longest.length / characters)


def _completed(line: PrintedLine, longest: PrintedLine) -> PrintedLine:
    """All lines of a zone begin and end below one another."""
    if line.length > 0.97 * longest.length:
        return line
    turn = radians(longest.angle)
    across = (line.y - longest.y) * cos(turn) - (line.x - longest.x) * sin(turn)
    return PrintedLine(longest.x - across * sin(turn), longest.y + across * cos(turn), longest.length, longest.angle)
