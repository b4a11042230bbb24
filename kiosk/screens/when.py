"""When: a day, and the times of entry with the places left."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.loader import Translator
from kiosk.journeys.comfort import USUAL_ROWS
from kiosk.journeys.events import DayMoved, SlotChosen, SlotsMoved
from kiosk.journeys.states import House, State, When, enough
from kiosk.screens.page import Page
from kiosk.screens.times import day_name, time_range
from shared.selling.availability import SlotState, SlotView
from shared.ui.button import KioskButton
from shared.ui.choice import ChoiceCard
from shared.ui.panel import Notice
from shared.ui.stepper import RoundButton
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type


class DayBar(QWidget):
    """The day in words, with an earlier and a later one beside it."""

    def __init__(self, theme: Theme, say: Translator) -> None:
        super().__init__()
        self.setObjectName("day")
        self._say = say
        self.earlier = RoundButton(theme, "day-earlier", "previous")
        self.later = RoundButton(theme, "day-later", "next")
        self.earlier.setAccessibleName(say.gettext("The day before"))
        self.later.setAccessibleName(say.gettext("The day after"))
        self._name = Text(theme, Type.HEADING).centred()
        self._date = Text(theme, Type.LEAD, "soft").centred()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._date)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.earlier)
        row.addLayout(words, 1)
        row.addWidget(self.later)

    def show_state(self, state: State) -> None:
        """The chosen day."""
        day, house = state.visit.day, state.house
        self._name.setText(day_name(self._say, day, house.today))
        self._date.setText(self._say.day(day))
        self.earlier.setEnabled(day > house.today)
        self.later.setEnabled(day < house.last_day)


class WhenScreen(Page):
    """Five times at once; a time that cannot be had says why."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._roomy = theme.tokens.size < 1.5  # larger type leaves room for what is needed only
        self._gone = Notice(theme, "places-gone")
        self._empty = Notice(theme, "no-times")
        self._day = DayBar(theme, say)
        self._day.earlier.clicked.connect(lambda: self.happened.emit(DayMoved(-1)))
        self._day.later.clicked.connect(lambda: self.happened.emit(DayMoved(1)))
        times = Type.NUMERAL if self._roomy else Type.HEADING
        self._cards = [
            ChoiceCard(theme, f"slot-{index}", title_style=times, height_mm=38.0) for index in range(USUAL_ROWS)
        ]
        self._paging = QWidget()
        self._shown: tuple[SlotView, ...] = ()
        for index, card in enumerate(self._cards):
            card.clicked.connect(lambda _=False, at=index: self.happened.emit(SlotChosen(self._shown[at].key)))
        self._earlier = KioskButton(theme, "times-earlier", icon_name="earlier", style=Type.BODY)
        self._later = KioskButton(theme, "times-later", icon_name="later", style=Type.BODY)
        self._earlier.label(say.gettext("Earlier times"))
        self._later.label(say.gettext("Later times"))
        self._earlier.clicked.connect(lambda: self.happened.emit(SlotsMoved(-1)))
        for paging in (self._earlier, self._later):
            paging.setProperty("navigation", True)  # moves the list, chooses nothing
            paging.keep_place()
        self._later.clicked.connect(lambda: self.happened.emit(SlotsMoved(1)))
        self._arrange()

    def _arrange(self) -> None:
        paging = QHBoxLayout()
        paging.setContentsMargins(0, 0, 0, 0)
        paging.setSpacing(self.theme.space(Space.SMALL))
        paging.addWidget(self._earlier, 1)
        paging.addWidget(self._later, 1)
        self.aside(self._gone, self._day)
        self._paging.setLayout(paging)
        self.body.hold(*self._cards, self._empty, self._paging)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, When):
            return
        say, at = self.say, state.at
        self.head(2, say.gettext("When would you like to come in?"), "")
        gone = say.gettext("These places have just been taken.") if at.gone else ""
        other = say.gettext("Please choose another time. Your visitors are still in the list.")
        self._gone.say(gone, other if self._roomy else "")
        self._day.show_state(state)
        self._shown = at.shown
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(at.shown))
            if index < len(at.shown):
                self._show_slot(card, at.shown[index], state)
        self._earlier.setVisible(at.has_earlier)
        self._later.setVisible(at.has_later)
        self._paging.setVisible(at.has_earlier or at.has_later)
        self._empty.say(*self._emptiness(at))

    def _show_slot(self, card: ChoiceCard, slot: SlotView, state: State) -> None:
        card.setEnabled(enough(slot, state.visit.visitors))
        card.say(time_range(self.say, state.house.catalog, slot.key), trailing=self._standing(slot, state))

    def _standing(self, slot: SlotView, state: State) -> str:
        say, count = self.say, state.visit.visitors
        match slot.state:
            case SlotState.WINDOW_ONLY:
                return say.gettext("At the window only")
            case SlotState.FULL:
                return say.pgettext("a time of entry", "Full")
            case SlotState.PAST:
                return say.pgettext("a time of entry", "Over")
            case SlotState.OPEN if not enough(slot, count):
                places = slot.sellable
                left = say.ngettext("Only {count} place left", "Only {count} places left", places)
            case SlotState.OPEN:
                places = slot.places
                left = say.ngettext("{count} place left", "{count} places left", places)
        return left.format(count=say.number(places))

    def _emptiness(self, at: When) -> tuple[str, str]:
        if at.slots is None:
            return self.say.gettext("One moment, please."), self.say.gettext("We are asking for the free places.")
        if not at.slots:
            return self.say.gettext("There is no entry on this day."), self.say.gettext("Please choose another day.")
        return "", ""
