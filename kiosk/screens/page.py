"""What every screen is made of: one signal, a head with a step, a title and a lead, and room for its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n.loader import Translator
from kiosk.journeys.states import House, State
from shared.ui.leaves import Leaves
from shared.ui.pictures import Picture
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type

STEPS = 5
PICTURE_FLOOR_MM = 60.0


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

    @property
    def large(self) -> bool:
        """Whether the type is so large that there is room for what is needed only."""
        return self.theme.tokens.size > 1

    def show_state(self, state: State) -> None:
        """Shows the state. It is only called with a state this screen is for."""
        raise NotImplementedError

    def settled(self) -> None:
        """Every text has found its room: the last moment to give way to what is needed more."""

    def margins(self, layout: QBoxLayout) -> None:
        """The page's own margins: narrower for larger type, which needs the room."""
        edge = self.theme.space(Space.PAGE if self.theme.tokens.size < 1.5 else Space.MEDIUM)
        above = self.theme.space(Space.MEDIUM if self.theme.tokens.size < 1.5 else Space.TIGHT)
        layout.setContentsMargins(edge, above, edge, above)

    def leaves(self, *, most: int = 0) -> Leaves:
        """An empty pile of parts that always fits."""
        # Translators: two buttons below a page that has more on it than fits on the screen.
        return Leaves(self.theme, self.say.gettext("More above"), self.say.gettext("More below"), most=most)

    @property
    def tight(self) -> bool:
        """Whether a wide screen has hardly any height left for type so large."""
        return self.landscape and self.theme.tokens.size >= 1.5

    def title_style(self) -> Type:
        """A title's type: smaller where there is no height for it."""
        return Type.HEADING if self.tight else Type.TITLE

    def step_text(self, number: int) -> str:
        """`number` of the five steps of a purchase."""
        step = self.say.gettext("Step {number} of {count}")
        return step.format(number=self.say.number(number), count=self.say.number(STEPS))


class Page(Screen):
    """A question: step, title and lead, what is said with them `aside`, the answers in `body`, the way on in `foot`.

    Upright they stand below one another; on a wide screen the answers stand beside the rest.
    """

    one_column_when_tight = False  # lines of text want the width more than the height

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self.step = Text(theme, Type.BODY, "accent", bold=True)
        self.title = Text(theme, self.title_style())
        self.lead = Text(theme, Type.LEAD, "soft")
        self.body = self.leaves()
        self.foot, self._beside = QVBoxLayout(), QVBoxLayout()
        for part in (self.foot, self._beside):
            part.setSpacing(theme.space(Space.SMALL))
        head = QVBoxLayout()
        head.setSpacing(theme.space(Space.HAIR))
        for text in (self.step, self.title, self.lead):
            head.addWidget(text)
        beside = self.landscape and not (self.tight and self.one_column_when_tight)
        (self._lay_out_wide if beside else self._lay_out_upright)(head)

    def aside(self, *parts: QWidget) -> None:
        """What is said before the answers: beside them where there is room, else above them."""
        if self.landscape and not self.large:
            for part in parts:
                self._beside.addWidget(part)
        else:
            self.body.hold(*parts)

    def _lay_out_upright(self, head: QVBoxLayout) -> None:
        column = QVBoxLayout(self)
        self.margins(column)
        column.setSpacing(self.theme.space(Space.SMALL))
        column.addLayout(head)
        column.addWidget(self.body)
        column.addStretch(1)
        column.addLayout(self.foot)

    def _lay_out_wide(self, head: QVBoxLayout) -> None:
        row = QHBoxLayout(self)
        self.margins(row)
        row.setSpacing(self.theme.space(Space.LARGE if self.large else Space.PAGE))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(self.theme.space(Space.SMALL))
        left.addLayout(head)
        left.addLayout(self._beside)
        left.addStretch(1)
        left.addLayout(self.foot)
        right.addWidget(self.body)
        right.addStretch(1)
        row.addLayout(left, 1 if self.large else 2)
        row.addLayout(right, 1 if self.large else 3)

    def head(self, number: int, title: str, lead: str) -> None:
        """`number` of the five steps of a purchase. Large type leaves no room for a lead."""
        self.step.setVisible(not self.tight)
        self.step.setText(self.step_text(number))
        self.title.setText(title)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead) and self.theme.tokens.size < 1.5)


class PicturePage(Screen):
    """Something to be told or done: its picture, a title, a lead and more in `body`, the way on in `foot`.

    The picture gives way where the words need its room.
    """

    picture_name = ""
    wants_picture = True  # False while something else is the picture

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self.step = Text(theme, Type.BODY, "accent", bold=True).centred()
        self.title = Text(theme, self.title_style()).centred()
        self.lead = Text(theme, Type.LEAD, "soft").centred()
        self.body = self.leaves()
        self.body.hold(*((self.title, self.lead) if self.tight else (self.lead,)))
        self.foot = QVBoxLayout()
        self.picture = Picture(self.picture_name)
        self._floor = theme.px(PICTURE_FLOOR_MM)
        self.picture.setMinimumSize(QSize(self._floor, 0))
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(self.theme.space(Space.SMALL))
        if self.landscape:
            words.addStretch(1)
        for widget in (self.step, self.body) if self.tight else (self.step, self.title, self.body):
            words.addWidget(widget)
        words.addStretch(1)
        words.addLayout(self.foot)
        row: QBoxLayout = QHBoxLayout(self) if self.landscape else QVBoxLayout(self)
        self.margins(row)
        row.setSpacing(self.theme.space(Space.LARGE if not self.large else Space.SMALL))
        row.addWidget(self.picture, 2)
        row.addLayout(words, 3 if self.landscape else 2)
        self._words, self._row = words, row

    def settled(self) -> None:
        self.picture.setVisible(self.wants_picture and self._room_for_picture() >= self._floor)

    def resizeEvent(self, _event: object) -> None:  # noqa: N802
        self.settled()

    def _room_for_picture(self) -> int:
        """What the words, all of them on one leaf, leave free, in pixels."""
        edges = self._row.contentsMargins()
        inner = self.width() - edges.left() - edges.right()
        height = self.height() - edges.top() - edges.bottom()
        if self.landscape:
            width = (inner - self._row.spacing()) * 3 // 5
            return inner - width if self._height_of_words(width) <= height else 0
        return height - self._row.spacing() - self._height_of_words(inner)

    def _height_of_words(self, width: int) -> int:
        above = (self.step,) if self.tight else (self.step, self.title)
        shown = [text for text in above if not text.isHidden()]
        heights = [text.heightForWidth(width) for text in shown] + [self.body.natural_height(width)]
        foot = self.foot.heightForWidth(width) if self.foot.hasHeightForWidth() else self.foot.sizeHint().height()
        return sum(heights) + foot + self._words.spacing() * (len(heights) + 2)

    def head(self, title: str, lead: str, number: int | None = None) -> None:
        """`number` of the five steps of a purchase, where it is one."""
        self.step.setVisible(number is not None and not self.tight)
        if number is not None:
            self.step.setText(self.step_text(number))
        self.title.setText(title)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
