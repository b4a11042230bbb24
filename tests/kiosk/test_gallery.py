"""Every state has its picture, in the size of the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kiosk.screens.examples import states
from kiosk.screens.gallery import hang
from shared.ui.theme import Theme
from shared.ui.tokens import Tokens
from tests.kiosk.staging import UPRIGHT


def test_every_state_is_drawn(qapp: QApplication, tmp_path: Path) -> None:
    hang(tmp_path, "en", Theme(Tokens(UPRIGHT)))
    drawn = {path.stem: QImage(str(path)) for path in tmp_path.iterdir()}
    assert set(drawn) == set(states("en"))
    assert {(image.width(), image.height()) for image in drawn.values()} == {(1080, 1920)}
