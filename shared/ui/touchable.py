"""The ground of everything that can be touched: frame, press, focus ring. What it holds is drawn by its heirs."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from shared.ui.text import wrapped_size
from shared.ui.theme import Theme
from shared.ui.tokens import Space

_TOUCHED = "lastInputWasTouch"  # a property of the window

# A finger needs no ring around what it has just touched.
_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


def note_input(widget: QWidget, event: QEvent) -> None:
    """Remembers for the whole window whether its person works it by keys or by touch.

    A page that goes takes the focus with it, and Qt hands it on as if by Tab: a finger must not see a ring for that.
    """
    if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
        widget.window().setProperty(_TOUCHED, event.type() is QEvent.Type.MouseButtonPress)


class Kind(Enum):
    """How much a touchable asks for attention. A page has at most one PRIMARY."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"  # no frame: the navigation


class Touchable(QAbstractButton):
    """At least 20 mm high, with a frame of 3:1 and a focus ring that stands clear of it."""

    def __init__(self, theme: Theme, name: str, kind: Kind) -> None:
        super().__init__()
        self.theme, self.kind = theme, kind
        self._by_keys = False
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keep_place(self) -> None:
        """Its place stays free while it is not offered, so that nothing beside it moves."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def label(self, text: str, description: str = "") -> None:
        """What it says to the eye and to a screen reader."""
        self.setText(text)
        self.setAccessibleName(f"{text}. {description}" if description else text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSizeHint()

    def texts(self) -> tuple[tuple[str, QFont], ...]:
        """Everything that is written on it, and in which font."""
        return ()

    def ink(self) -> QColor:
        """The colour of what is written on it now."""
        if not self.isEnabled():
            return self.theme.colour("soft")
        return self.theme.colour("on_accent" if self.kind is Kind.PRIMARY else "ink")

    def event(self, event: QEvent) -> bool:
        note_input(self, event)
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._by_keys = event.reason() in _KEYS and not self.window().property(_TOUCHED)
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self.paint_content(painter)
        if self.hasFocus() and self._by_keys:
            self._paint_focus(painter)
        painter.end()

    def paint_content(self, painter: QPainter) -> None:
        """Draws what stands on the ground."""

    def draw(self, painter: QPainter, rect: QRect, text: str, font: QFont, ink: QColor, *, centred: bool) -> None:
        """Wrapped text, at the side where reading begins or centred; always in the middle of its height."""
        across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        aligned = QStyle.visualAlignment(self.layoutDirection(), across | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(rect, int(aligned) | int(Qt.TextFlag.TextWordWrap), text)

    def mirrored(self, rect: QRect) -> QRect:
        """The rectangle where it belongs when reading goes from right to left."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def padding(self) -> int:
        return self.theme.space(Space.SMALL)

    def height_of(self, text: str, font: QFont, width: int) -> int:
        return wrapped_size(text, font, width).height() if text else 0

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        """Fill and frame."""
        down = self.isDown()
        if self.kind is Kind.PRIMARY and self.isEnabled():
            return self.theme.colour("pressed" if down else "accent"), None
        if self.kind is Kind.QUIET:
            return (self.theme.colour("faint") if down else None), None
        if not self.isEnabled():
            return self.theme.colour("paper"), self.theme.colour("faint")
        return self.theme.colour("faint" if down else "card"), self.theme.colour("line")

    def _paint_ground(self, painter: QPainter) -> None:
        fill, frame = self._ground()
        line = self.theme.tokens.line()
        painter.setPen(QPen(frame, line) if frame else Qt.PenStyle.NoPen)
        if fill is not None:
            painter.setBrush(fill)
            inset = line // 2 + 1
            radius = self.theme.tokens.radius()
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_focus(self, painter: QPainter) -> None:
        """Two rings, the outer dark and the inner light: seen on every ground."""
        line = self.theme.tokens.line() * 2
        radius = self.theme.tokens.radius()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, inset in (("focus", line // 2), ("card", line // 2 + line)):
            painter.setPen(QPen(self.theme.colour(colour), line))
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius, radius)
