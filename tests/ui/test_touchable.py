"""Whom the focus ring is for: the person at the keys, never the finger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shared.ui.button import KioskButton
from shared.ui.theme import Theme
from shared.ui.tokens import Screen, Tokens


class Pair(QWidget):
    """Two buttons in a window."""

    def __init__(self) -> None:
        super().__init__()
        theme = Theme(Tokens(Screen(1080, 1920, 27.0)))
        self.first, self.second = KioskButton(theme, "first"), KioskButton(theme, "second")
        column = QVBoxLayout(self)
        for button in (self.first, self.second):
            button.label("Go on")
            column.addWidget(button)


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    window = Pair()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.first.setFocus()
    qtbot.waitUntil(window.first.hasFocus)
    return window


def picture(pair: Pair) -> QImage:
    return pair.second.grab().toImage()


def test_a_page_that_goes_under_a_finger_leaves_no_ring_on_what_stays(pair: Pair, qtbot: QtBot) -> None:
    calm = picture(pair)
    QTest.mouseClick(pair.first, Qt.MouseButton.LeftButton)
    pair.first.setEnabled(False)
    pair.first.setEnabled(True)
    pair.second.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pair.second.hasFocus)
    assert picture(pair) == calm


def test_who_comes_by_keys_sees_where_he_is_also_after_a_touch(pair: Pair, qtbot: QtBot) -> None:
    calm = picture(pair)
    QTest.mouseClick(pair.first, Qt.MouseButton.LeftButton)
    QTest.keyClick(pair.first, Qt.Key.Key_Tab)
    qtbot.waitUntil(pair.second.hasFocus)
    assert picture(pair) != calm
