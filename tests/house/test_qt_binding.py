"""The Qt binding keeps its books: a kiosk runs for months, and a reference lost at every call ends the process."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 1000


def test_a_call_that_returns_nothing_loses_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.resize(10, 10)
    assert sys.getrefcount(None) > before - CALLS // 2
