"""The gate before the mountain: three bays on four pillars under three tiled roofs, and the steps up to it."""

from __future__ import annotations

from shared.printing.sketch import BLACK, WHITE, Point, Sketch, curve

_HALF_WIDTHS = (19.0, 47.0)  # from the middle to the inner and the outer pillars
_PILLAR = 5.0


def draw_gate(sketch: Sketch, foot: Point, size: float) -> None:
    """The gate with its foot's middle at `foot`; `size` 1 is 66 units high and 120 wide."""
    gate = _Gate(sketch, foot, size)
    gate.steps()
    gate.pillars()
    for side in (-1, 1):
        gate.beam(side * 33, 30, 34)
        gate.roof(side * 34, 41, 25, 9)
    gate.beam(0, 42, 44)
    gate.plaque()
    gate.roof(0, 58, 30, 12)


class _Gate:
    """Draws the gate's parts, in units from the middle of its foot, upwards."""

    def __init__(self, sketch: Sketch, foot: Point, size: float) -> None:
        self._sketch, self._foot, self._size = sketch, foot, size

    def _at(self, across: float, up: float) -> Point:
        return self._foot[0] + across * self._size, self._foot[1] - up * self._size

    def _block(self, left: float, top: float, right: float, bottom: float, ink: int = BLACK) -> None:
        self._sketch.block((*self._at(left, top), *self._at(right, bottom)), ink)

    def pillars(self) -> None:
        for half, height in zip(_HALF_WIDTHS, (56, 40), strict=True):
            for side in (-1, 1):
                middle = side * half
                self._block(middle - _PILLAR / 2 - 1, height, middle + _PILLAR / 2 + 1, 0, WHITE)
                self._block(middle - _PILLAR / 2, height, middle + _PILLAR / 2, 0)
                self._block(middle - _PILLAR / 2 - 2, 5, middle + _PILLAR / 2 + 2, 0)

    def beam(self, middle: float, up: float, width: float) -> None:
        """Two cross beams with a light panel between them."""
        left, right = middle - width / 2, middle + width / 2
        self._block(left, up + 9, right, up, WHITE)
        self._block(left, up + 9, right, up + 6.5)
        self._block(left, up + 2.5, right, up)

    def plaque(self) -> None:
        self._block(-11, 59, 11, 45)
        self._block(-9, 57, 9, 47, WHITE)
        self._block(-5.5, 54.5, -1.5, 49.5)
        self._block(1.5, 54.5, 5.5, 49.5)

    def roof(self, middle: float, up: float, half: float, height: float) -> None:
        """A roof whose eaves turn up, with light lines between the rows of tiles."""
        ridge = half * 0.62
        tips = [self._at(middle + side * half, up + 3) for side in (-1, 1)]
        bends = [self._at(middle + side * ridge, up) for side in (-1, 1)]
        tops = [self._at(middle + side * ridge, up + height) for side in (-1, 1)]
        slopes = (curve(tops[0], bends[0], tips[0]), curve(tips[1], bends[1], tops[1]))
        outline = [*slopes[0], *curve(tips[0], self._at(middle, up - 3), tips[1]), *slopes[1]]
        self._sketch.line([*outline, outline[0]], 2.5 * self._size, WHITE)
        self._sketch.area(outline)
        crest = [self._at(middle + side * (ridge + 2), up + height) for side in (-1, 1)]
        self._sketch.line(crest, 2.4 * self._size)
        for tile in range(-4, 5):
            x = middle + tile * ridge / 4.6
            foot = self._at(middle + tile * half / 5.6, up + 2.2)
            self._sketch.line([self._at(x, up + height - 2.6), foot], 0.8 * self._size, WHITE)

    def steps(self) -> None:
        """Stairs that widen towards the visitor."""
        for step in range(5):
            half = 52 + step * 5
            y = -step * 3.2
            self._block(-half, y + 1, half, y - 3.2, WHITE)
            self._sketch.line([self._at(-half, y), self._at(half, y)], 1.2 * self._size)
