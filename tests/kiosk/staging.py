"""A stage for tests: shown offscreen, and taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent

from kiosk.screens.examples import house
from kiosk.screens.stage import Stage
from shared.ui.palette import NORMAL, Palette
from shared.ui.theme import Theme
from shared.ui.tokens import Screen, Tokens

UPRIGHT = Screen(1080, 1920, 27.0)
WIDE = Screen(1920, 1080, 27.0)


@contextmanager
def staged(
    language: str, screen: Screen = UPRIGHT, size: float = 1.0, palette: Palette = NORMAL
) -> Iterator[tuple[Stage, Theme]]:
    """A shown stage of the screen's size. Needs a QApplication."""
    theme = Theme(Tokens(screen, size), palette, language)
    stage = Stage(theme, house())
    stage.setFixedSize(screen.width_px, screen.height_px)
    stage.show()
    yield stage, theme
    stage.hide()
    stage.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
