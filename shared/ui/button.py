"""The kiosk's button: wraps its words, grows with them, and may bear an icon."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter

from shared.ui.pictures import icon
from shared.ui.text import narrowest, wrapped_size
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind, Touchable


class KioskButton(Touchable):
    """A text and perhaps an icon, side by side, centred together."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon_name: str = "",
        icon_last: bool = False,
        style: Type = Type.LEAD,
        height_mm: float = 24.0,
    ) -> None:
        super().__init__(theme, name, kind)
        self._icon, self._icon_last, self._style, self._height_mm = icon_name, icon_last, style, height_mm
        self._bare = False

    def bear(self, icon_name: str) -> None:
        """Shows another icon."""
        self._icon = icon_name
        self.update()

    def bare(self, bare: bool) -> None:
        """Shows the icon alone; the words remain its name to a screen reader."""
        self._bare = bare
        self.updateGeometry()

    def written(self) -> str:
        """The words that are seen on it."""
        return "" if self._bare else self.text()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        floor = self.theme.tokens.target(self._height_mm)
        words = narrowest(self.written(), self._font()) if self.written() else 0
        return QSize(max(self.theme.tokens.target(), words + self._beside()), floor)

    def sizeHint(self) -> QSize:  # noqa: N802
        words = wrapped_size(self.written(), self._font(), 100_000).width()
        return QSize(words + self._beside(), self.minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        needed = self.height_of(self.written(), self._font(), width - self._beside()) + 2 * self.theme.space(
            Space.TIGHT
        )
        return max(needed, self.minimumSizeHint().height())

    def texts(self) -> tuple[tuple[str, QFont], ...]:
        return ((self.written(), self._font()),) if self.written() else ()

    def paint_content(self, painter: QPainter) -> None:
        room = self.rect().adjusted(self.padding(), 0, -self.padding(), 0)
        if not self._icon:
            self.draw(painter, room, self.written(), self._font(), self.ink(), centred=True)
            return
        side, gap = self._icon_side(), self._icon_gap()
        words = wrapped_size(self.written(), self._font(), room.width() - side - gap).width() if self.written() else 0
        left = room.left() + (room.width() - words - side - gap) // 2
        icon_left = left + words + gap if self._icon_last else left
        words_left = left if self._icon_last else left + side + gap
        spot = self.mirrored(QRect(icon_left, (self.height() - side) // 2, side, side))
        painter.drawPixmap(spot.topLeft(), icon(self._icon, side, self.ink()))
        place = self.mirrored(QRect(words_left, 0, words + 1, self.height()))
        self.draw(painter, place, self.written(), self._font(), self.ink(), centred=False)

    def _font(self) -> QFont:
        return self.theme.font(self._style, bold=True)

    def _icon_side(self) -> int:
        return int(self.theme.tokens.cap(self._style) * 1.5)

    def _icon_gap(self) -> int:
        return self.theme.space(Space.TIGHT) if self.written() else 0

    def _beside(self) -> int:
        """Everything in the width that is not words."""
        return 2 * self.padding() + (self._icon_side() + self._icon_gap() if self._icon else 0)
