"""What every screen is made of: one signal, a head with a step, a title and a lead, and room for its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n.loader import Translator
from kiosk.journeys.states import House, State
from shared.ui.pictures import Picture
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type

STEPS = 5


class Screen(QWidget):
    """A state's face. `happened` carries events of `kiosk.journeys.events`. Built anew for each language."""

    happened = Signal(object)

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__()
        self.theme, self.say, self.house = theme, say, house
        self.setObjectName(type(self).__name__)

    @property
    def landscape(self) -> bool:
        return self.theme.tokens.screen.landscape

    def show_state(self, state: State) -> None:
        """Shows the state. It is only called with a state this screen is for."""
        raise NotImplementedError

    def margins(self, layout: QBoxLayout) -> None:
        """The page's own margins."""
        edge, above = self.theme.space(Space.PAGE), self.theme.space(Space.MEDIUM)
        layout.setContentsMargins(edge, above, edge, above)


class Page(Screen):
    """A question: step, title and lead, what is said with them in `aside`, the answers in `body`, the way on in `foot`.

    Upright they stand below one another; on a wide screen the answers stand beside the rest.
    """

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self.step = Text(theme, Type.BODY, "accent", bold=True)
        self.title = Text(theme, Type.TITLE)
        self.lead = Text(theme, Type.LEAD, "soft")
        self.aside, self.body, self.foot = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for part in (self.aside, self.body, self.foot):
            part.setSpacing(theme.space(Space.SMALL))
        head = QVBoxLayout()
        head.setSpacing(theme.space(Space.HAIR))
        for text in (self.step, self.title, self.lead):
            head.addWidget(text)
        (self._lay_out_wide if self.landscape else self._lay_out_upright)(head)

    def _lay_out_upright(self, head: QVBoxLayout) -> None:
        column = QVBoxLayout(self)
        self.margins(column)
        column.setSpacing(self.theme.space(Space.SMALL))
        for part in (head, self.aside, self.body):
            column.addLayout(part)
        column.addStretch(1)
        column.addLayout(self.foot)

    def _lay_out_wide(self, head: QVBoxLayout) -> None:
        row = QHBoxLayout(self)
        self.margins(row)
        row.setSpacing(self.theme.space(Space.PAGE))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(self.theme.space(Space.SMALL))
        left.addLayout(head)
        left.addLayout(self.aside)
        left.addStretch(1)
        left.addLayout(self.foot)
        right.addLayout(self.body)
        right.addStretch(1)
        row.addLayout(left, 2)
        row.addLayout(right, 3)

    def head(self, number: int, title: str, lead: str) -> None:
        """`number` of the five steps of a purchase."""
        step = self.say.gettext("Step {number} of {count}")
        self.step.setText(step.format(number=self.say.number(number), count=self.say.number(STEPS)))
        self.title.setText(title)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))


class PicturePage(Screen):
    """Something to be told or done: its picture, a title, a lead, the rest in `body`, the way on in `foot`."""

    picture_name = ""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self.step = Text(theme, Type.BODY, "accent", bold=True).centred()
        self.title = Text(theme, Type.TITLE).centred()
        self.lead = Text(theme, Type.LEAD, "soft").centred()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(Space.SMALL))
        self.foot = QVBoxLayout()
        self.picture = Picture(self.picture_name)
        self.picture.setMinimumSize(QSize(theme.px(60.0), theme.px(60.0)))
        words = QVBoxLayout()
        words.setSpacing(theme.space(Space.SMALL))
        if self.landscape:
            words.addStretch(1)
        for text in (self.step, self.title, self.lead):
            words.addWidget(text)
        words.addLayout(self.body)
        words.addStretch(1)
        words.addLayout(self.foot)
        row: QBoxLayout = QHBoxLayout(self) if self.landscape else QVBoxLayout(self)
        self.margins(row)
        row.setSpacing(theme.space(Space.LARGE))
        row.addWidget(self.picture, 2)
        row.addLayout(words, 3 if self.landscape else 2)

    def head(self, title: str, lead: str, number: int | None = None) -> None:
        """`number` of the five steps of a purchase, where it is one."""
        self.step.setVisible(number is not None)
        if number is not None:
            step = self.say.gettext("Step {number} of {count}")
            self.step.setText(step.format(number=self.say.number(number), count=self.say.number(STEPS)))
        self.title.setText(title)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
