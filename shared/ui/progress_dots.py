"""How far something is: one mark for each part, the done ones filled. Nothing blinks."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shared.ui.theme import Theme
from shared.ui.tokens import Space

_DONE_AT_ONCE = 12  # more marks than these would not be told apart


class ProgressDots(QWidget):
    """`done` of `count` marks, centred."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._done = self._count = 0
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, count: int, words: str) -> None:
        """`words` say the same to a screen reader."""
        self._done, self._count = done, min(count, _DONE_AT_ONCE)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._theme.px(60.0), self._theme.px(9.0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        side, gap = self._theme.px(6.0), self._theme.space(Space.SMALL)
        left = (self.width() - self._count * side - (self._count - 1) * gap) // 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self._count):
            done = index < self._done
            painter.setPen(QPen(self._theme.colour("accent" if done else "line"), self._theme.tokens.line()))
            painter.setBrush(self._theme.colour("accent" if done else "card"))
            painter.drawEllipse(left + index * (side + gap), (self.height() - side) // 2, side, side)
        painter.end()
