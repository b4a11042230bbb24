"""A quote for the eye: each line, the reasons, the sum."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from i18n.loader import Translator
from shared.domain.catalog import Catalog
from shared.domain.pricing import Quote, QuoteLine
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type


class Line(QWidget):
    """A thin line between parts of a card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._colour = theme.colour("faint")
        self.setFixedHeight(theme.tokens.line())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        QPainter(self).fillRect(self.rect(), self._colour)


class Pair(QWidget):
    """What, and how much of it, at the two ends of a line."""

    def __init__(self, theme: Theme, what: str, amount: str, style: Type, colour: str = "ink") -> None:
        super().__init__()
        left, right = Text(theme, style, colour), Text(theme, style, colour)
        left.setText(what)
        right.setText(amount)
        right.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(Space.SMALL))
        row.addWidget(left, 1)
        row.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)


class PriceLines(QWidget):
    """Emptied and filled anew with each quote."""

    def __init__(self, theme: Theme, say: Translator) -> None:
        super().__init__()
        self._theme, self._say = theme, say
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(Space.HAIR))

    def show_lines(self, catalog: Catalog, quote: Quote | None) -> None:
        """`2 × Adult` and what it comes to."""
        self._empty()
        style = Type.LEAD if self._theme.tokens.size < 1.5 else Type.BODY
        for line in quote.lines if quote else ():
            self._column.addWidget(Pair(self._theme, self._line(catalog, line), self._say.money(line.amount), style))

    def show_reasons(self, quote: Quote | None) -> None:
        """Which rule, and what it added or took."""
        self._empty()
        for step in quote.trace if quote else ():
            reason, amount = self._say.local(step.reason), self._say.money(step.amount)
            self._column.addWidget(Pair(self._theme, reason, amount, Type.BODY, "soft"))

    def _line(self, catalog: Catalog, line: QuoteLine) -> str:
        if line.kind == "rounding":
            return self._say.gettext("Rounding")
        who = self._say.local(catalog.category(line.category_id).name)
        return f"{self._say.number(line.quantity)} × {who}"

    def _empty(self) -> None:
        empty(self._column)


def empty(layout: QLayout) -> None:
    """Takes every widget out of a layout and lets it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
