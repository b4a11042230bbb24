"""Who is coming: a card with minus and plus for each kind of visitor."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from i18n.loader import Translator
from kiosk.journeys.events import Counted, PartyConfirmed
from kiosk.journeys.states import House, State
from kiosk.screens.page import Page
from kiosk.screens.times import visitors
from shared.domain.catalog import Category
from shared.ui.button import KioskButton
from shared.ui.panel import Panel
from shared.ui.pictures import Picture
from shared.ui.stepper import Stepper
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind

PICTOGRAM_MM = 42.0


class CategoryCard(Panel):
    """A pictogram, the name, who it is for, and how many come."""

    def __init__(self, theme: Theme, say: Translator, category: Category) -> None:
        super().__init__(theme)
        name, hint = Text(theme, Type.HEADING), Text(theme, Type.BODY, "soft")
        name.setText(say.local(category.name))
        hint.setText(say.local(category.hint))
        self.stepper = Stepper(theme, f"count-{category.category_id}")
        fewer, more = say.gettext("One fewer: {who}"), say.gettext("One more: {who}")
        self.stepper.minus.setAccessibleName(fewer.format(who=name.text()))
        self.stepper.plus.setAccessibleName(more.format(who=name.text()))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(hint)
        words.addStretch(1)
        row = QHBoxLayout(self)
        edge = theme.space(Space.MEDIUM)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(theme.space(Space.MEDIUM))
        if theme.tokens.size < 1.5:
            row.addWidget(
                Picture(f"person-{category.category_id}.svg", QSize(theme.px(PICTOGRAM_MM), theme.px(PICTOGRAM_MM)))
            )
        row.addLayout(words, 1)
        row.addWidget(self.stepper)


class WhoScreen(Page):
    """At least one visitor, at most as many as the machine serves at once."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._cards: list[CategoryCard] = []
        for category in house.categories:
            card = CategoryCard(theme, say, category)
            card.stepper.moved.connect(
                lambda by, name=category.category_id: self.happened.emit(Counted(name, by)),
            )
            self._cards.append(card)
            self.body.hold(card)
        self._total = Text(theme, Type.LEAD, "soft").centred()
        self._onward = KioskButton(theme, "onward", Kind.PRIMARY, icon_name="forward", icon_last=True, height_mm=30.0)
        self._onward.clicked.connect(lambda: self.happened.emit(PartyConfirmed()))
        self.foot.addWidget(self._total)
        self.foot.addWidget(self._onward)

    def show_state(self, state: State) -> None:
        self.head(1, self.say.gettext("Who is coming?"), self.say.gettext("Take your time."))
        room = state.visit.visitors < state.house.most_visitors
        for card, count in zip(self._cards, state.visit.party, strict=True):
            card.stepper.show_count(self.say.number(count), fewer=count > 0, more=room)
        self._total.setText(self._total_text(state, room=room))
        self._onward.label(self.say.gettext("Choose a time"))
        self._onward.setEnabled(state.visit.visitors > 0)

    def _total_text(self, state: State, *, room: bool) -> str:
        total = visitors(self.say, state.visit.visitors)
        if room:
            return total
        window = self.say.gettext("For larger groups, please come to the ticket window.")
        return f"{total}\n{window}"
