"""The check on screen: one field that always has the keyboard, the answer beneath it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from boxoffice.look import GAP, MARGIN, MARKS
from boxoffice.ticket_check.words import Verdict
from i18n.loader import Translator

_LONGEST_CODE = 1000  # a scanner let loose on a poster; a ticket has 168 characters
_ROWS = 6
_MARK_WIDTH = 100  # pixels

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class TicketCheckPanel(QWidget):
    """Emits what was entered; shows what it is told. It keeps no code."""

    entered = Signal(str)
    cleared = Signal()

    def __init__(self, words: Translator) -> None:
        super().__init__()
        self._code = _code_field(words)
        self._verdict = _VerdictView()
        self._facts = _FactsView()
        self._build(words)
        self._code.returnPressed.connect(self._enter)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.cleared)

    def show_verdict(self, verdict: Verdict) -> None:
        """Shows a result and makes the field ready for the next code."""
        self._verdict.show_verdict(verdict)
        self._facts.show_rows(verdict.rows)
        self._empty()
        self._code.setFocus()

    def _enter(self) -> None:
        code = self._code.text()
        self._empty()
        self.entered.emit(code)

    def _empty(self) -> None:
        self._code.setText("")  # `clear` would leave the code to be undone

    def _build(self, words: Translator) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(_named(QLabel(words.gettext("Check a ticket")), "title"))
        layout.addWidget(self._code)
        layout.addWidget(self._verdict)
        layout.addWidget(self._facts)
        layout.addStretch(1)
        layout.addWidget(_named(QLabel(words.gettext("Enter: check    Esc: clear")), "keys"))


class _VerdictView(QFrame):
    """The large answer: a mark, a word and a sentence on the tone's ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("verdict")
        self._mark, self._headline, self._sentence = (
            _named(QLabel(), name) for name in ("mark", "headline", "sentence")
        )
        self._mark.setFixedWidth(_MARK_WIDTH)  # so that the words stand in one place whatever the answer
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addWidget(self._sentence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.setSpacing(MARGIN)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        self.setMinimumHeight(190)

    def show_verdict(self, verdict: Verdict) -> None:
        self._mark.setText(MARKS[verdict.tone])
        self._mark.setVisible(bool(MARKS[verdict.tone]))
        self._headline.setText(verdict.headline)
        self._sentence.setText(verdict.sentence)
        self.setAccessibleName(f"{verdict.headline}. {verdict.sentence}")
        self.setProperty("tone", verdict.tone.value)
        for widget in (self, *self.findChildren(QLabel)):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class _FactsView(QFrame):
    """The ticket's facts in two columns; hidden when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("facts")
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GAP // 2)
        grid.setColumnStretch(1, 1)
        self._rows = [(_classed("label"), _classed("value")) for _ in range(_ROWS)]
        for number, (label, value) in enumerate(self._rows):
            grid.addWidget(label, number, 0)
            grid.addWidget(value, number, 1)

    def show_rows(self, rows: tuple[tuple[str, str], ...]) -> None:
        for number, (label, value) in enumerate(self._rows):
            texts = rows[number] if number < len(rows) else ("", "")
            label.setText(texts[0])
            value.setText(texts[1])
            label.setVisible(bool(texts[0]))
            value.setVisible(bool(texts[0]))
        self.setVisible(bool(rows))


def _code_field(words: Translator) -> QLineEdit:
    field = _named(QLineEdit(), "code")
    field.setMaxLength(_LONGEST_CODE)
    field.setPlaceholderText(words.gettext("Scan the code on a ticket"))
    field.setAccessibleName(words.gettext("Ticket code"))
    # An input method would swallow what a keyboard scanner types.
    field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    return field


def _named(widget: AnyWidget, name: str) -> AnyWidget:
    widget.setObjectName(name)
    return widget


def _classed(name: str) -> QLabel:
    label = QLabel()
    label.setProperty("class", name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
