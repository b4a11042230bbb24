"""The two bars that never move: above the place and how it is seen and heard, below the ways and Help."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shared.ui.button import KioskButton
from shared.ui.text import Text, wrapped_size
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind

BAR_MM = 30.0


def bar_button(theme: Theme, name: str, icon_name: str) -> KioskButton:
    """A button of the navigation: no frame, an icon, and words where there is room for them."""
    button = KioskButton(theme, name, Kind.QUIET, icon_name=icon_name, style=Type.BODY)
    button.setProperty("navigation", True)
    return button


class TopBar(QWidget):
    """Where one is; larger, clearer, spoken; and the way to another language."""

    language_wanted = Signal()
    larger_wanted = Signal()
    contrast_wanted = Signal()
    voice_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.place = Text(theme, Type.LEAD, bold=True)
        self.larger = bar_button(theme, "larger", "larger")
        self.contrast = bar_button(theme, "contrast", "contrast")
        self.voice = bar_button(theme, "voice", "sound")
        self.language = bar_button(theme, "language", "globe")
        self.language.keep_place()
        row = QHBoxLayout(self)
        self._edge = theme.space(Space.PAGE)
        self._gap = theme.space(Space.TIGHT)
        row.setContentsMargins(self._edge, theme.space(Space.SMALL), self._edge - theme.space(Space.SMALL), 0)
        row.setSpacing(self._gap)
        row.addWidget(self.place, 1)
        for button in self.buttons():
            row.addWidget(button)
        self.larger.clicked.connect(self.larger_wanted)
        self.contrast.clicked.connect(self.contrast_wanted)
        self.voice.clicked.connect(self.voice_wanted)
        self.language.clicked.connect(self.language_wanted)

    def buttons(self) -> tuple[KioskButton, ...]:
        """In the order in which they stand."""
        return (self.larger, self.contrast, self.voice, self.language)

    def fit(self, width: int) -> None:
        """Leaves the language's name out where it has no room in a bar of that many pixels."""
        self.language.bare(False)
        taken = sum(button.minimumSizeHint().width() + self._gap for button in self.buttons())
        self.language.bare(taken > width - 2 * self._edge)

    def show_place(self, name: str, width: int) -> None:
        """The place's name, if it has room on one line of a bar of that many pixels."""
        taken = sum(button.sizeHint().width() + self._gap for button in self.buttons())
        needed = wrapped_size(name, self.place.font(), width * 4).width()
        self.place.setText(name if needed < width - 2 * self._edge - taken else "")


class BottomBar(QWidget):
    """Each way keeps its place even where it is not offered."""

    back_wanted = Signal()
    start_again_wanted = Signal()
    reach_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._line = theme.colour("line")
        self._low = theme.tokens.screen.landscape and theme.tokens.size >= 1.5
        self.back = bar_button(theme, "back", "back")
        self.start_again = bar_button(theme, "start-again", "restart")
        self.reach = bar_button(theme, "reach", "lower")
        self.help = bar_button(theme, "help", "help")
        row = self._row = QHBoxLayout(self)
        edge = theme.space(Space.MEDIUM)
        row.setContentsMargins(edge, theme.space(Space.TIGHT), edge, theme.space(Space.TIGHT))
        row.setSpacing(theme.space(Space.TIGHT))
        for button in self.buttons():
            button.keep_place()
            row.addWidget(button, 0 if button is self.reach else 1)
        self.back.clicked.connect(self.back_wanted)
        self.start_again.clicked.connect(self.start_again_wanted)
        self.reach.clicked.connect(self.reach_wanted)
        self.help.clicked.connect(self.help_wanted)

    def fit(self, width: int) -> None:
        """Icons alone where the words of all do not fit on one line of a bar of that many pixels, or are too high."""
        worded = (self.back, self.start_again, self.help)
        for button in worded:
            button.bare(False)
        edges = self._row.contentsMargins()
        taken = self.reach.minimumSizeHint().width() + 3 * self._row.spacing() + edges.left() + edges.right()
        widest = max(button.minimumSizeHint().width() for button in worded)
        for button in worded:
            button.bare(taken + 3 * widest > width or self._low)

    def buttons(self) -> tuple[KioskButton, ...]:
        """In the order in which they stand."""
        return (self.back, self.start_again, self.reach, self.help)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setPen(self._line)
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
