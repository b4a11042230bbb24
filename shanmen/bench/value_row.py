"""A value to type and the button that uses it. What may be typed is the table's to say, not the field's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from shanmen.bench.action import Number, Words


def value_row(label: str, parameter: Number | Words, use: Callable[[str], None]) -> QWidget:
    """One row; `use` gets the value's word. Enter does what the button does."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    field = QLineEdit(f"{parameter.usual:g}" if isinstance(parameter, Number) else parameter.usual)
    button = QPushButton(f"{label} ({parameter.name})" if isinstance(parameter, Number) else label)
    button.clicked.connect(lambda: use(field.text()))
    field.returnPressed.connect(button.click)
    row.addWidget(button, 1)
    row.addWidget(field, 1)
    return box
