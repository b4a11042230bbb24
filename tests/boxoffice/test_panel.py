"""The panel at a desk: a code is typed or scanned, Enter, and the answer stands there in words and colour."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from boxoffice.app import BoxOfficeWindow
from boxoffice.look import TONES, WINDOW
from i18n.loader import load
from shared.ui.fonts import set_language
from shared.ui.palette import contrast
from tests.boxoffice.desk import KNOWLEDGE, NOON, STRANGER, FixedClock, ticket


@pytest.fixture
def window(qtbot: QtBot) -> BoxOfficeWindow:
    shown = BoxOfficeWindow(KNOWLEDGE, load("en"), FixedClock())
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    return shown


def field(window: QWidget) -> QLineEdit:
    found = window.findChild(QLineEdit, "code")
    assert isinstance(found, QLineEdit)
    return found


def scan(window: QWidget, code: str) -> None:
    """As a keyboard scanner does it: the characters, then Enter."""
    QTest.keyClicks(field(window), code)
    QTest.keyClick(field(window), Qt.Key.Key_Return)


def said(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def tone(window: QWidget) -> object:
    verdict = window.findChild(QFrame, "verdict")
    assert isinstance(verdict, QFrame)
    return verdict.property("tone")


def test_it_waits_for_a_code_with_the_keyboard_in_its_field(window: BoxOfficeWindow) -> None:
    assert said(window, "headline") == "Ready"
    assert window.focusWidget() is field(window)


def test_a_genuine_ticket(window: BoxOfficeWindow) -> None:
    scan(window, ticket())
    assert (said(window, "headline"), tone(window)) == ("Genuine", "good")
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "0A0B-0C0D-0E0F" in texts
    assert "terminal:kiosk-1" in texts


@pytest.mark.parametrize(
    ("code", "headline", "shown_tone"),
    [
        (ticket(NOON + timedelta(days=2)), "Genuine, another day", "careful"),
        (ticket(NOON + timedelta(hours=2)), "Genuine, later today", "careful"),
        (ticket(NOON - timedelta(hours=3)), "Genuine, time is over", "careful"),
        (ticket(key=STRANGER), "Forged", "bad"),
        ("130000000000000000", "Not a ticket", "bad"),
    ],
)
def test_every_other_answer(window: BoxOfficeWindow, code: str, headline: str, shown_tone: str) -> None:
    scan(window, code)
    assert (said(window, "headline"), tone(window)) == (headline, shown_tone)
    assert said(window, "sentence")


def test_the_next_code_replaces_the_last(window: BoxOfficeWindow) -> None:
    scan(window, ticket())
    assert field(window).text() == ""
    scan(window, "something else")
    assert said(window, "headline") == "Not a ticket"
    assert not [label for label in window.findChildren(QLabel) if label.text() == "0A0B-0C0D-0E0F"]


def test_escape_clears(window: BoxOfficeWindow) -> None:
    scan(window, ticket())
    QTest.keyClick(field(window), Qt.Key.Key_Escape)
    assert said(window, "headline") == "Ready"


def test_no_widget_keeps_the_code(window: BoxOfficeWindow) -> None:
    code = ticket()
    scan(window, code)
    assert not field(window).isUndoAvailable()
    assert all(code not in (label.text(), label.accessibleName()) for label in window.findChildren(QLabel))


@pytest.mark.parametrize("language", ["zh-Hans", "en", "ru"])
def test_it_fits_the_smallest_desk_screen(qtbot: QtBot, language: str) -> None:
    set_language(language)
    window = BoxOfficeWindow(KNOWLEDGE, load(language), FixedClock())
    qtbot.addWidget(window)
    window.show()
    scan(window, ticket(flags=1))
    least = window.minimumSizeHint()
    assert least.width() <= WINDOW[0]
    assert least.height() <= WINDOW[1]
    if folder := os.environ.get("PICTURES"):
        window.grab().save(str(Path(folder) / f"check-{language}.png"))


def test_every_tone_can_be_read() -> None:
    assert all(contrast(ground, ink) >= 7 for ground, ink in TONES.values())
