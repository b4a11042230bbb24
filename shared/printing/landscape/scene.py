"""The whole scene, from the sun behind the far peaks to the steps before the gate."""

from __future__ import annotations

from functools import lru_cache
from math import sin

from PIL import Image

from shared.printing.landscape.gate import draw_gate
from shared.printing.landscape.mountains import Range, draw_range
from shared.printing.landscape.pine import Pine, draw_pine
from shared.printing.sketch import BLACK, WHITE, Point, Sketch, curve

SCENE_UNITS = (544, 232)  # width and height the scene is drawn in

_FAR = Range(
    (
        (0, 150), (28, 112), (52, 126), (88, 66), (98, 62), (108, 70), (124, 44), (140, 66), (168, 116), (200, 90),
        (222, 24), (234, 14), (252, 18), (272, 66), (296, 104), (316, 84), (338, 40), (350, 50), (374, 100),
        (404, 116), (438, 64), (452, 72), (480, 122), (510, 102), (544, 134),
    ),
    roughness=2.6, stroke_gap=3.4, stroke_length=112, weight=2.0, foot=186,
)  # fmt: skip
_LEFT = Range(
    ((0, 124), (22, 96), (36, 90), (58, 118), (84, 150), (108, 142), (134, 168), (172, 196)),
    roughness=3.2, stroke_gap=3.2, stroke_length=110, weight=2.4, foot=232,
)  # fmt: skip
_RIGHT = Range(
    ((366, 196), (392, 146), (412, 128), (436, 156), (462, 140), (486, 106), (504, 98), (526, 122), (544, 134)),
    roughness=3.2, stroke_gap=3.2, stroke_length=110, weight=2.4, foot=232,
)  # fmt: skip


@lru_cache(maxsize=2)
def draw_scene(width: int) -> Image.Image:
    """The scene `width` dots wide, 8-bit, black and white. Drawn once for a width: copy it, do not draw on it."""
    sketch = Sketch(*SCENE_UNITS, scale=width / SCENE_UNITS[0])
    _draw_sun(sketch, (398, 42), 26)
    _draw_birds(sketch)
    draw_range(sketch, _FAR)
    _draw_mist(sketch, 170, (168, 386))
    draw_range(sketch, _LEFT)
    draw_range(sketch, _RIGHT)
    _draw_mist(sketch, 198, (126, 432))
    _draw_hill(sketch)
    draw_pine(sketch, Pine((62, 222), 84, 1))
    draw_pine(sketch, Pine((498, 224), 62, -1))
    draw_gate(sketch, (272, 208), 1.5)
    return sketch.picture()


def _draw_sun(sketch: Sketch, centre: Point, radius: float) -> None:
    """A ring, filled with level lines that draw apart towards its foot."""
    x, y = centre
    sketch.oval((x - radius, y - radius, x + radius, y + radius))
    gap = 1.2
    level = y - radius * 0.35
    while level < y + radius:
        sketch.line([(x - radius, level), (x + radius, level)], gap, WHITE)
        gap *= 1.22
        level += 3.2 + gap


def _draw_birds(sketch: Sketch) -> None:
    for x, y, span in ((150, 34, 9), (172, 24, 7), (186, 40, 6)):
        left = curve((x - span, y - span * 0.3), (x - span * 0.4, y - span * 0.6), (x, y))
        right = curve((x, y), (x + span * 0.4, y - span * 0.6), (x + span, y - span * 0.3))
        sketch.line([*left, *right[1:]], 1.5)


def _draw_mist(sketch: Sketch, level: float, middles: tuple[float, ...]) -> None:
    """Bands of cloud: rounded bars, light inside, stacked as the old painters stack them."""
    for number, middle in enumerate(middles):
        half = 62 + 14 * sin(number * 2.1 + level)
        for row, (shift, share) in enumerate(((-14, 0.62), (10, 1.0), (-4, 0.7))):
            _draw_bar(sketch, (middle + shift, level + row * 9 - 9), half * share)


def _draw_bar(sketch: Sketch, centre: Point, half: float) -> None:
    x, y = centre
    sketch.block((x - half, y - 6, x + half, y + 6), BLACK, 6)
    sketch.block((x - half + 1.6, y - 4.4, x + half - 1.6, y + 4.4), WHITE, 4.4)
    sketch.line([(x - half * 0.55, y), (x + half * 0.3, y)], 1.3)


def _draw_hill(sketch: Sketch) -> None:
    """The dark ground on both sides of the way."""
    left = curve((0, 208), (70, 206), (186, 232))
    right = curve((358, 232), (470, 206), (544, 210))
    sketch.area([*left, (0, 232)])
    sketch.area([*right, (544, 232)])
