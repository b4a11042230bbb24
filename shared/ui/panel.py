"""Grounds on which things stand together: a raised card, and a notice that says what happened and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shared.ui.pictures import icon
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type


class Panel(QWidget):
    """A rounded ground in one colour of the palette."""

    def __init__(self, theme: Theme, colour: str = "card") -> None:
        super().__init__()
        self._fill, self._edge = theme.colour(colour), theme.colour("faint")
        self._radius = theme.tokens.radius()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._edge)
        painter.setBrush(self._fill)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), self._radius, self._radius)
        painter.end()


class Notice(Panel):
    """What happened (bold) and what to do. An icon beside it; never colour alone."""

    def __init__(self, theme: Theme, name: str, icon_name: str = "info") -> None:
        super().__init__(theme, "mist")
        self.setObjectName(name)
        large = theme.tokens.size >= 1.5  # the room is for the words
        self._what = Text(theme, Type.BODY if large else Type.LEAD, bold=True)
        self._do = Text(theme, Type.BODY)
        mark = QLabel()
        mark.setPixmap(icon(icon_name, theme.px(11.0), theme.colour("accent")))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.space(Space.HAIR))
        words.addWidget(self._what)
        words.addWidget(self._do)
        row = QHBoxLayout(self)
        edge = theme.space(Space.TIGHT if large else Space.MEDIUM)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(theme.space(Space.SMALL))
        row.addWidget(mark)
        row.addLayout(words, 1)
        self.hide()

    def say(self, what: str, do: str = "") -> None:
        """Shows the notice; an empty `what` takes it away."""
        self._what.setText(what)
        self._do.setText(do)
        self._do.setVisible(bool(do))
        self.setAccessibleName(f"{what} {do}".strip())
        self.setVisible(bool(what))
