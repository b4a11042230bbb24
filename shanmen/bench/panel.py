"""One device's section in the window: what it shows, then its buttons and switches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shanmen.bench.action import Action, Number, OneOf, Press, Switch, Words
from shanmen.bench.readings_view import ReadingsView
from shanmen.bench.station import Station
from shanmen.bench.value_row import value_row

Do = Callable[[Sequence[str]], None]
"""Performs the words of an action, later and elsewhere."""

_COLUMNS = 2
_GAP = 6
_SHORT_CHOICES = 14  # characters up to which four buttons find place in a row


class StationPanel(QFrame):
    """A view of a station's rows of the table."""

    def __init__(self, station: Station, do: Do) -> None:
        super().__init__()
        self.setObjectName("section")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = station.title
        self._station = station
        self._do = do
        self._switches: list[tuple[Switch, QPushButton]] = []
        self._readings = ReadingsView()
        column = QVBoxLayout(self)
        column.setSpacing(_GAP)
        column.addWidget(_label(station.title, "heading"))
        column.addWidget(self._readings)
        for widget in self._valued():
            column.addWidget(widget)
        column.addLayout(self._plain())
        self.refresh()

    def refresh(self) -> None:
        """Shows the device as it is now."""
        self._readings.show_all(self._station.readings())
        for switch, button in self._switches:
            if button.isChecked() != switch.is_on():
                button.blockSignals(True)
                button.setChecked(switch.is_on())
                button.blockSignals(False)

    def _valued(self) -> list[QWidget]:
        """Actions with a parameter, each in rows of its own."""
        return [self._with_value(a, a.parameter) for a in self._station.actions if isinstance(a, Press) and a.parameter]

    def _with_value(self, action: Press, parameter: OneOf | Number | Words) -> QWidget:
        words = [action.verb, self._station.name]
        match parameter:
            case OneOf(choices=choices):
                short = all(len(choice.label) <= _SHORT_CHOICES for choice in choices)
                buttons = [self._button(choice.label, [*words, choice.word]) for choice in choices]
                return _group(action.label, buttons, 2 * _COLUMNS if short else _COLUMNS)
            case Number() | Words():
                return value_row(action.label, parameter, lambda value: self._do([*words, value]))
            case _:
                assert_never(parameter)

    def _plain(self) -> QGridLayout:
        """Actions without one, side by side."""
        grid = QGridLayout()
        grid.setSpacing(_GAP)
        plain = [a for a in self._station.actions if isinstance(a, Switch) or a.parameter is None]
        for place, action in enumerate(plain):
            grid.addWidget(self._simple(action), *divmod(place, _COLUMNS))
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _simple(self, action: Action) -> QPushButton:
        words = [action.verb, self._station.name]
        if isinstance(action, Press):
            return self._button(action.label, words)
        button = QPushButton(action.label)
        button.setCheckable(True)
        button.setProperty("switch", True)
        button.toggled.connect(lambda on: self._do([*words, "on" if on else "off"]))
        self._switches.append((action, button))
        return button

    def _button(self, label: str, words: Sequence[str]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda: self._do(words))
        return button


def _group(label: str, buttons: Sequence[QPushButton], columns: int) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(_GAP)
    grid.addWidget(_label(label, "group"), 0, 0, 1, columns)
    for place, button in enumerate(buttons):
        row, column = divmod(place, columns)
        grid.addWidget(button, row + 1, column)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return box


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label
