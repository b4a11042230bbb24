"""A value to type and the button that uses it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from shanmen.bench.action import Number, Words


def value_row(label: str, parameter: Number | Words, use: Callable[[str], None]) -> QWidget:
    """One row; `use` gets the value's word. Enter in a text does what the button does."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    field, word = _field(parameter)
    button = QPushButton(label)
    button.clicked.connect(lambda: use(word()))
    if isinstance(field, QLineEdit):
        field.returnPressed.connect(button.click)
    row.addWidget(button, 1)
    row.addWidget(field, 1)
    return box


def _field(parameter: Number | Words) -> tuple[QWidget, Callable[[], str]]:
    if isinstance(parameter, Words):
        line = QLineEdit(parameter.usual)
        return line, line.text
    spin = QDoubleSpinBox()
    spin.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    spin.setRange(parameter.least, parameter.most)
    spin.setDecimals(1 if parameter.fraction else 0)
    spin.setSuffix(f" {parameter.name}")
    spin.setValue(parameter.usual)
    return spin, lambda: f"{spin.value():g}"
