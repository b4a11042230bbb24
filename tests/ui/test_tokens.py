"""Millimetres into pixels, and colours that can be told apart."""

from __future__ import annotations

from dataclasses import asdict
from itertools import product

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from shared.domain.text import LANGUAGES
from shared.ui.fonts import font
from shared.ui.palette import HIGH_CONTRAST, NORMAL, Palette, contrast
from shared.ui.tokens import TEXT_FLOOR_MM, Screen, Tokens, Type


@pytest.mark.parametrize(("inches", "target"), [(21.5, 81), (27.0, 65), (32.0, 55), (43.0, 41)])
def test_twenty_millimetres_as_the_reference_has_them(inches: float, target: int) -> None:
    assert Tokens(Screen(1080, 1920, inches)).px(20.0) == pytest.approx(target, abs=1)


@pytest.mark.parametrize(("style", "size", "language"), list(product(Type, (1.0, 1.25, 1.5, 2.0), LANGUAGES)))
def test_no_type_is_below_the_floor(qapp: QApplication, style: Type, size: float, language: str) -> None:
    tokens = Tokens(Screen(1080, 1920, 27.0), size)
    cap = QFontMetricsF(font(tokens, style, language)).capHeight() / tokens.screen.px_per_mm
    assert cap >= TEXT_FLOOR_MM * size


@pytest.mark.parametrize("palette", [NORMAL, HIGH_CONTRAST])
def test_text_has_seven_to_one_and_lines_three(palette: Palette) -> None:
    for ground in (palette.paper, palette.card, palette.mist):
        for ink in (palette.ink, palette.soft, palette.accent):
            assert contrast(ink, ground) >= 7 or (ink == palette.accent and contrast(ink, ground) >= 6)
    assert contrast(palette.on_accent, palette.accent) >= 7
    assert contrast(palette.on_accent, palette.pressed) >= 7
    for line, ground in product((palette.line, palette.focus), (palette.paper, palette.card)):
        assert contrast(line, ground) >= 3


def test_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_a_palette_is_made_of_colours() -> None:
    colours = [value for value in asdict(NORMAL).values() if isinstance(value, str)]
    assert all(len(colour) == 7 and colour.startswith("#") for colour in colours)
