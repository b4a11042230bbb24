"""Every screen meets the bars of the accessibility reference, in every language, size and orientation sampled here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from i18n.languages import COMPLETE
from kiosk.screens.examples import states
from kiosk.screens.stage import Stage, settle
from shared.ui.audit import Finding, audit
from shared.ui.leaves import Leaves
from shared.ui.palette import HIGH_CONTRAST, NORMAL, Palette
from shared.ui.tokens import Screen
from tests.kiosk.staging import UPRIGHT, WIDE, staged

LARGE_PANEL = Screen(1080, 1920, 43.0)
OTHERS = [
    ("en", UPRIGHT, 1.5, NORMAL),
    ("ru", UPRIGHT, 1.5, NORMAL),
    ("ja", UPRIGHT, 1.25, NORMAL),
    ("ru", WIDE, 1.0, NORMAL),
    ("ja", WIDE, 1.0, NORMAL),
    ("ko", UPRIGHT, 1.0, HIGH_CONTRAST),
    ("zh-Hant", LARGE_PANEL, 1.0, NORMAL),
    ("ru", UPRIGHT, 2.0, NORMAL),
    ("zh-Hans", UPRIGHT, 2.0, HIGH_CONTRAST),
    ("ja", WIDE, 1.5, NORMAL),
    ("ru", WIDE, 2.0, NORMAL),
]


def leaves_of(stage: Stage) -> Iterator[int]:
    """Every leaf of the page that is seen, one after another."""
    pile = next(iter(stage.current.findChildren(Leaves)), None)
    for leaf in range(pile.count if pile else 1):
        if pile is not None:
            pile.turn_to(leaf)
            settle()
        yield leaf


def findings(language: str, screen: Screen, size: float, palette: Palette) -> dict[str, list[Finding]]:
    with staged(language, screen, size, palette) as (stage, theme):
        found = {}
        for name, state in states(language).items():
            stage.show_state(state)
            found[name] = [finding for _ in leaves_of(stage) for finding in audit(stage, theme.tokens)]
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("language", COMPLETE)
def test_every_screen_in_every_language(qapp: QApplication, language: str) -> None:
    assert findings(language, UPRIGHT, 1.0, NORMAL) == {}


@pytest.mark.parametrize(("language", "screen", "size", "palette"), OTHERS)
def test_larger_wider_and_in_high_contrast(
    qapp: QApplication, language: str, screen: Screen, size: float, palette: Palette
) -> None:
    assert findings(language, screen, size, palette) == {}
