"""The first screen: the place, and six languages at once."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n.languages import NAMES
from i18n.loader import Translator, load
from kiosk.journeys.comfort import ElderTouched
from kiosk.journeys.events import (
    LanguageChosen,
)
from kiosk.journeys.states import House, State
from kiosk.screens.aside import elder_words
from kiosk.screens.page import Screen
from shared.ui.button import KioskButton
from shared.ui.choice import ChoiceCard
from shared.ui.leaves import Leaves
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type


class LanguageRow(QWidget):
    """Two cards side by side, each a language in its own words."""

    def __init__(self, screen: Screen, languages: tuple[str, ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(screen.theme.space(Space.SMALL))
        for language in languages:
            row.addWidget(language_card(screen, language), 1)


def language_card(screen: Screen, language: str) -> ChoiceCard:
    """A language by its own name; a touch goes on in it."""
    card = ChoiceCard(screen.theme.in_language(language), f"language-{language}")
    # Translators: stands below the language's own name on the first screen.
    card.say(NAMES[language], load(language).gettext("Buy tickets"))
    card.setProperty("language", language)
    card.clicked.connect(lambda: screen.happened.emit(LanguageChosen(language)))
    return card


def language_rows(screen: Screen) -> Leaves:
    """Every language of the house, as many at once as fit."""
    every = screen.house.languages
    rows = screen.leaves(most=3)
    rows.hold(*(LanguageRow(screen, every[at : at + 2]) for at in range(0, len(every), 2)))
    return rows


class WelcomeScreen(Screen):
    """The place's name over its picture, and the languages."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._name = Text(theme.in_language("zh-Hans"), Type.DISPLAY).centred()
        self._english = Text(theme, Type.HEADING, "soft", bold=False).centred()
        names = QVBoxLayout()
        names.setSpacing(theme.space(Space.HAIR))
        names.addWidget(self._name)
        names.addWidget(self._english)
        languages = language_rows(self)
        self._elder = KioskButton(theme, "elder", icon_name="elder", style=Type.BODY)
        self._elder.setProperty("navigation", True)
        self._elder.clicked.connect(lambda: self.happened.emit(ElderTouched()))
        row: QBoxLayout = QHBoxLayout(self) if self.landscape else QVBoxLayout(self)
        self.margins(row)
        if self.landscape:
            row.addStretch(1)
            side = QVBoxLayout()
            side.setContentsMargins(theme.space(Space.PAGE), 0, 0, 0)
            side.addStretch(1)
            side.addLayout(names)
            side.addSpacing(theme.space(Space.LARGE))
            side.addWidget(languages)
            side.addSpacing(theme.space(Space.SMALL))
            side.addWidget(self._elder)
            side.addStretch(1)
            row.addLayout(side, 1)
        else:
            row.addSpacing(theme.space(Space.LARGE))
            row.addLayout(names)
            row.addStretch(1)
            row.addWidget(languages)
            row.addSpacing(theme.space(Space.HAIR))
            row.addWidget(self._elder)

    def show_state(self, state: State) -> None:
        name = state.house.catalog.site.name
        self._name.setText(name.in_language("zh-Hans"))
        self._english.setText(name.in_language("en"))
        words = dict.fromkeys(elder_words(load(one), on=state.visit.comfort.elder) for one in ("zh-Hans", "en"))
        self._elder.label(" · ".join(words))
        self._name.setVisible(not self.tight)
        self._english.setVisible(not self.tight)


class LanguageScreen(Screen):
    """The languages again, from any step on."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        title = Text(theme, self.title_style())
        title.setText(say.gettext("Choose your language"))
        lead = Text(theme, Type.LEAD, "soft")
        lead.setText(say.gettext("Everything you have chosen stays as it is."))
        lead.setVisible(not self.large)
        column = QVBoxLayout(self)
        self.margins(column)
        column.addWidget(title)
        column.addWidget(lead)
        column.addSpacing(theme.space(Space.SMALL if self.large else Space.LARGE))
        column.addWidget(language_rows(self))
        column.addStretch(1)

    def show_state(self, state: State) -> None:
        """Nothing of it depends on the state."""
