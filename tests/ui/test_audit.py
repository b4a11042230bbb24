"""The audit finds what is planted: each bar is broken on purpose and noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from shared.ui.audit import audit
from shared.ui.button import KioskButton
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Screen, Tokens, Type

TOKENS = Tokens(Screen(1080, 1920, 27.0))
THEME = Theme(TOKENS)


class Specimen(QWidget):
    """Three buttons and a text, as they should be."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("specimen")
        self.setStyleSheet("#specimen { background: #f6f2e9; }")
        self.text = Text(THEME, Type.BODY)
        self.text.setText("Take your time")
        self.first, self.second = KioskButton(THEME, "first"), KioskButton(THEME, "second")
        self.third = KioskButton(THEME, "third")
        self.column = QVBoxLayout(self)
        self.column.setSpacing(THEME.px(5.0))
        self.column.addWidget(self.text)
        for button, words in ((self.first, "Here"), (self.second, "There"), (self.third, "Elsewhere")):
            button.label(words)
            self.column.addWidget(button)
        self.column.addStretch(1)
        self.setFixedSize(600, 800)


@pytest.fixture
def specimen(qapp: QApplication) -> Iterator[Specimen]:
    widget = Specimen()
    widget.show()
    qapp.processEvents()
    yield widget
    widget.hide()
    widget.deleteLater()


def criteria(specimen: Specimen, qapp: QApplication) -> set[int]:
    for _ in range(3):
        qapp.processEvents()
    return {finding.criterion for finding in audit(specimen, TOKENS)}


def test_the_specimen_is_sound(specimen: Specimen, qapp: QApplication) -> None:
    assert criteria(specimen, qapp) == set()


def small_type(specimen: Specimen) -> None:
    font = specimen.text.font()
    font.setPixelSize(14)
    specimen.text.setFont(font)


def pale_text(specimen: Specimen) -> None:
    palette = specimen.text.palette()
    palette.setColor(specimen.text.foregroundRole(), THEME.colour("line"))
    specimen.text.setPalette(palette)


def many_choices(specimen: Specimen) -> None:
    for index in range(4):
        button = KioskButton(THEME, f"more-{index}")
        button.label("More")
        specimen.column.addWidget(button)


BREAKS: list[tuple[int, Callable[[Specimen], object]]] = [
    (1, small_type),
    (3, lambda s: s.first.setFixedWidth(30)),
    (4, lambda s: s.column.setSpacing(2)),
    (5, pale_text),
    (7, lambda s: s.text.setFixedHeight(20)),
    (7, lambda s: s.first.setFixedWidth(70)),
    (8, lambda s: s.column.addSpacing(900)),
    (9, lambda s: s.first.label("")),
    (10, lambda s: s.first.setFocusPolicy(Qt.FocusPolicy.NoFocus)),
    (10, lambda s: QWidget.setTabOrder(s.third, s.second)),
    (15, many_choices),
]


@pytest.mark.parametrize(("criterion", "spoil"), BREAKS)
def test_a_broken_bar_is_found(
    specimen: Specimen, qapp: QApplication, criterion: int, spoil: Callable[[Specimen], object]
) -> None:
    spoil(specimen)
    assert criterion in criteria(specimen, qapp)
