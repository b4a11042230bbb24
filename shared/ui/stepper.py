"""Minus, a number, plus: no keyboard, no typing, nothing to get wrong."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shared.ui.pictures import icon
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind, Touchable


class RoundButton(Touchable):
    """A square target with one icon; its words are its accessible name only."""

    def __init__(self, theme: Theme, name: str, icon_name: str) -> None:
        super().__init__(theme, name, Kind.SECONDARY)
        self._icon = icon_name
        side = theme.tokens.target(22.0)
        self.setFixedSize(side, side)

    def heightForWidth(self, _width: int) -> int:  # noqa: N802
        return self.theme.tokens.target(22.0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        side = self.theme.tokens.target(22.0)
        return QSize(side, side)

    def paint_content(self, painter: QPainter) -> None:
        side = self.width() // 2
        spot = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        ink = self.theme.colour("ink" if self.isEnabled() else "line")
        painter.drawPixmap(spot.topLeft(), icon(self._icon, side, ink))


class Stepper(QWidget):
    """Emits `moved` with +1 or -1; the number it shows is what it is told to show."""

    moved = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.minus = RoundButton(theme, f"{name}-minus", "minus")
        self.plus = RoundButton(theme, f"{name}-plus", "plus")
        self._count = Text(theme, Type.NUMERAL).centred()
        self._count.setMinimumWidth(theme.px(18.0))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(Space.TIGHT))
        for widget in (self.minus, self._count, self.plus):
            row.addWidget(widget)
        self.minus.clicked.connect(lambda: self.moved.emit(-1))
        self.plus.clicked.connect(lambda: self.moved.emit(1))

    def show_count(self, count: str, *, fewer: bool, more: bool) -> None:
        """The number, and whether it may go down and up."""
        self._count.setText(count)
        self.minus.setEnabled(fewer)
        self.plus.setEnabled(more)
