"""Colours: rice paper, ink, pine and one accent, the cinnabar of a seal. Text has 7:1, borders 3:1 (WCAG 2.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours as `#rrggbb`."""

    paper: str  # the ground of every page
    card: str  # raised surfaces
    ink: str  # text
    soft: str  # secondary text: still 7:1 on paper and card
    line: str  # borders of what can be touched: 3:1
    faint: str  # decoration that carries no meaning
    accent: str  # the one way on
    on_accent: str
    pressed: str  # the accent while touched
    mist: str  # the ground of a notice
    focus: str  # the ring of keyboard focus: 3:1 on paper and card
    scenery: bool = True  # whether pictures may stand behind text


NORMAL = Palette(
    paper="#f6f2e9",
    card="#fffdf8",
    ink="#1c2b2b",
    soft="#364343",
    line="#7b7f76",
    faint="#e3dccd",
    accent="#96281b",
    on_accent="#fffaf2",
    pressed="#741d13",
    mist="#e6ece4",
    focus="#14586b",
)

HIGH_CONTRAST = Palette(
    paper="#000000",
    card="#0d0d0d",
    ink="#ffffff",
    soft="#f2f2f2",
    line="#ffffff",
    faint="#3a3a3a",
    accent="#ffd84d",
    on_accent="#000000",
    pressed="#ffe995",
    mist="#1d1d1d",
    focus="#6fe3ff",
    scenery=False,
)


def contrast(first: str, second: str) -> float:
    """The WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of a `#rrggbb` colour, 0 to 1."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
