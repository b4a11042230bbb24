"""The two bars that never move: the place's name and the language above, Back, Start again and Help below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shared.ui.button import KioskButton
from shared.ui.text import Text, wrapped_size
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind

BAR_MM = 30.0


class TopBar(QWidget):
    """Where one is, and the way to another language."""

    language_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.place = Text(theme, Type.LEAD, bold=True)
        self.language = KioskButton(theme, "language", Kind.QUIET, icon_name="globe", style=Type.BODY)
        self.language.setProperty("navigation", True)
        self.language.clicked.connect(self.language_wanted)
        row = QHBoxLayout(self)
        self._edge = theme.space(Space.PAGE)
        row.setContentsMargins(self._edge, theme.space(Space.SMALL), self._edge - theme.space(Space.SMALL), 0)
        row.addWidget(self.place, 1)
        row.addWidget(self.language, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_place(self, name: str, width: int) -> None:
        """The place's name, if it has room on one line of a bar of that many pixels."""
        room = width - 2 * self._edge - self.language.sizeHint().width()
        needed = wrapped_size(name, self.place.font(), width * 4).width()
        self.place.setText(name if needed < room else "")


class BottomBar(QWidget):
    """Each way keeps its place even where it is not offered."""

    back_wanted = Signal()
    start_again_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._line = theme.colour("line")
        self.back = KioskButton(theme, "back", Kind.QUIET, icon_name="back", style=Type.BODY)
        self.start_again = KioskButton(theme, "start-again", Kind.QUIET, icon_name="restart", style=Type.BODY)
        self.help = KioskButton(theme, "help", Kind.QUIET, icon_name="help", style=Type.BODY)
        row = QHBoxLayout(self)
        edge = theme.space(Space.MEDIUM)
        row.setContentsMargins(edge, theme.space(Space.TIGHT), edge, theme.space(Space.TIGHT))
        row.setSpacing(theme.space(Space.TIGHT))
        for button in (self.back, self.start_again, self.help):
            button.setProperty("navigation", True)
            button.keep_place()
            row.addWidget(button, 1)
        self.back.clicked.connect(self.back_wanted)
        self.start_again.clicked.connect(self.start_again_wanted)
        self.help.clicked.connect(self.help_wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setPen(self._line)
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
