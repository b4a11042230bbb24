"""Text: wraps, is never elided, and knows how much room it needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from shared.ui.theme import Theme
from shared.ui.tokens import Type

_UNBOUNDED = 100_000


def wrapped_size(text: str, font: QFont, width: int) -> QSize:
    """The room a text takes when it is wrapped to `width` pixels."""
    flags = Qt.TextFlag.TextWordWrap
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), _UNBOUNDED), flags, text).size()


def balanced_width(text: str, font: QFont, width: int) -> int:
    """The least width at which a text takes no more lines than at `width`: no line of a single word at the end."""
    height = wrapped_size(text, font, width).height()
    low, high = min(narrowest(text, font), width), width
    while low < high:
        middle = (low + high) // 2
        if wrapped_size(text, font, middle).height() > height:
            low = middle + 1
        else:
            high = middle
    return high


def narrowest(text: str, font: QFont) -> int:
    """The width of the longest piece that no line break can divide."""
    return wrapped_size(text, font, 1).width()


class Text(QLabel):
    """Plain text in one style of the type scale and one colour of the palette."""

    def __init__(self, theme: Theme, style: Type, colour: str = "ink", *, bold: bool | None = None) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFont(theme.font(style, bold=bold))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.colour(colour))
        self.setPalette(palette)

    def centred(self) -> Text:
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return self

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            super().paintEvent(event)
            return
        width = balanced_width(self.text(), self.font(), self.width())
        place = QRect((self.width() - width) // 2, 0, width, self.height())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(place, int(self.alignment()) | int(Qt.TextFlag.TextWordWrap), self.text())
        painter.end()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(narrowest(self.text(), self.font()), QFontMetrics(self.font()).height())

    def sizeHint(self) -> QSize:  # noqa: N802
        return wrapped_size(self.text(), self.font(), _UNBOUNDED)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return wrapped_size(self.text(), self.font(), width).height()
