"""Sizes in millimetres of the real screen, turned into pixels. No widget knows a pixel size of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import ceil, hypot

MM_PER_INCH = 25.4

# The floors of the accessibility reference (criteria 1, 3 and 4), at size 1.
TEXT_FLOOR_MM = 7.3
TARGET_MM = 20.0
GAP_FLOOR_MM = 3.0
HIGHEST_REACH_MM = 1220.0  # criterion 17


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen as the configuration declares it: what a toolkit guesses of it is not to be trusted."""

    width_px: int
    height_px: int
    diagonal_inches: float
    bottom_mm: float = 750.0  # how high above the floor its lower edge is

    @property
    def px_per_mm(self) -> float:
        return hypot(self.width_px, self.height_px) / (self.diagonal_inches * MM_PER_INCH)

    @property
    def landscape(self) -> bool:
        return self.width_px > self.height_px


class Type(Enum):
    """The type scale: cap height in millimetres at size 1, and how much of a larger size it takes part in.

    What is read line by line grows fully; what is already far above the floor grows by half, so that it still fits.
    """

    BODY = (7.4, 1.0)
    LEAD = (8.6, 1.0)
    HEADING = (10.5, 0.8)
    NUMERAL = (13.0, 0.6)
    TITLE = (15.0, 0.5)
    DISPLAY = (25.0, 0.25)

    @property
    def cap_mm(self) -> float:
        return self.value[0]

    @property
    def growth(self) -> float:
        return self.value[1]


class Space(Enum):
    """Distances in millimetres. They do not grow with the size: the room is for what is read and touched."""

    HAIR = 1.5
    TIGHT = 3.2
    SMALL = 5.0
    MEDIUM = 8.0
    LARGE = 12.0
    PAGE = 18.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """All sizes for one screen at one size (1, 1.25, 1.5, 2)."""

    screen: Screen
    size: float = 1.0

    def px(self, millimetres: float) -> int:
        """Pixels, rounded up: a bar in millimetres is never undercut by rounding."""
        return ceil(millimetres * self.screen.px_per_mm - 1e-9)

    def space(self, space: Space) -> int:
        return self.px(space.value)

    def cap(self, style: Type) -> float:
        """The wanted cap height in pixels (not rounded)."""
        grown = style.cap_mm * (1 + (self.size - 1) * style.growth)
        return max(grown, TEXT_FLOOR_MM * self.size) * self.screen.px_per_mm

    def target(self, millimetres: float = TARGET_MM) -> int:
        """The side of something to be touched: at least 20 mm, and more with the size."""
        return self.px(max(millimetres, TARGET_MM * (1 + (self.size - 1) * 0.5)))

    def headroom(self) -> int:
        """The pixels at the top that are beyond the reach of a person who sits (criterion 17)."""
        height_mm = self.screen.height_px / self.screen.px_per_mm
        beyond = self.screen.bottom_mm + height_mm - HIGHEST_REACH_MM
        return self.px(min(max(0.0, beyond), height_mm * 0.4))

    def line(self) -> int:
        """A border that can be seen: 0.6 mm."""
        return max(2, self.px(0.6))

    def radius(self) -> int:
        return self.px(4.0)
