"""Text: wraps, is never elided, and knows how much room it needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy

from shared.ui.theme import Theme
from shared.ui.tokens import Type

_UNBOUNDED = 100_000


def wrapped_size(text: str, font: QFont, width: int) -> QSize:
    """The room a text takes when it is wrapped to `width` pixels."""
    flags = Qt.TextFlag.TextWordWrap
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), _UNBOUNDED), flags, text).size()


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

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(narrowest(self.text(), self.font()), QFontMetrics(self.font()).height())

    def sizeHint(self) -> QSize:  # noqa: N802
        return wrapped_size(self.text(), self.font(), _UNBOUNDED)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return wrapped_size(self.text(), self.font(), width).height()
