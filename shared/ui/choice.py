"""A big choice: a title, a line of detail below it, and a text at the far end."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFont, QPainter

from shared.ui.text import narrowest, wrapped_size
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind, Touchable


class ChoiceCard(Touchable):
    """`title` (large), `detail` (below it), `trailing` (at the other end). A closed one says why, in words."""

    def __init__(self, theme: Theme, name: str, *, title_style: Type = Type.HEADING, height_mm: float = 34.0) -> None:
        super().__init__(theme, name, Kind.SECONDARY)
        self._style, self._height_mm = title_style, height_mm
        self._detail = self._trailing = ""

    def say(self, title: str, detail: str = "", trailing: str = "") -> None:
        """What it says; the whole of it is its name to a screen reader."""
        self._detail, self._trailing = detail, trailing
        self.label(title, ". ".join(part for part in (detail, trailing) if part))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        words = max(narrowest(self.text(), self._title()), narrowest(self._detail, self._body()))
        aside = narrowest(self._trailing, self._body())
        width = words + (aside + self._gap() if aside else 0) + 2 * self.padding()
        return QSize(width, self.theme.tokens.target(self._height_mm))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        main, aside = self._widths(width)
        needed = max(self._main_height(main), self.height_of(self._trailing, self._body(), aside))
        return max(needed + 2 * self.theme.space(Space.TIGHT), self.minimumSizeHint().height())

    def texts(self) -> tuple[tuple[str, QFont], ...]:
        written = ((self.text(), self._title()), (self._detail, self._body()), (self._trailing, self._body()))
        return tuple((text, font) for text, font in written if text)

    def padding(self) -> int:
        return self.theme.space(Space.MEDIUM)

    def paint_content(self, painter: QPainter) -> None:
        main, aside = self._widths(self.width())
        title = self.height_of(self.text(), self._title(), main)
        detail = self.height_of(self._detail, self._body(), main)
        top = (self.height() - self._main_height(main)) // 2
        left = self.padding()
        soft = self.theme.colour("soft")
        self._line(painter, QRect(left, top, main, title), self.text(), self._title(), self.ink())
        below = QRect(left, top + self._main_height(main) - detail, main, detail)
        self._line(painter, below, self._detail, self._body(), soft)
        end = QRect(self.width() - self.padding() - aside, 0, aside, self.height())
        self._line(painter, end, self._trailing, self._body(), self.ink() if self.isEnabled() else soft)

    def _line(self, painter: QPainter, rect: QRect, text: str, font: QFont, ink: QColor) -> None:
        if text:
            self.draw(painter, self.mirrored(rect), text, font, ink, centred=False)

    def _main_height(self, width: int) -> int:
        gap = self.theme.space(Space.HAIR) if self._detail else 0
        body = self.height_of(self._detail, self._body(), width)
        return self.height_of(self.text(), self._title(), width) + gap + body

    def _widths(self, width: int) -> tuple[int, int]:
        """The room for title and detail, and that for the trailing text: it gets what the title leaves."""
        room = width - 2 * self.padding()
        if not self._trailing:
            return room, 0
        natural = wrapped_size(self._trailing, self._body(), room).width()
        left = room - self._gap() - wrapped_size(self.text(), self._title(), room).width()
        aside = max(min(natural, left), narrowest(self._trailing, self._body()))
        return room - aside - self._gap(), aside

    def _gap(self) -> int:
        return self.theme.space(Space.SMALL)

    def _title(self) -> QFont:
        return self.theme.font(self._style)

    def _body(self) -> QFont:
        return self.theme.font(Type.BODY, bold=False)
