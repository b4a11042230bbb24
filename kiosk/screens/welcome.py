"""The first screen: the place, and six languages at once."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout

from i18n.languages import NAMES
from i18n.loader import Translator, load
from kiosk.journeys.events import LanguageChosen
from kiosk.journeys.states import House, State
from kiosk.screens.page import Screen
from shared.ui.choice import ChoiceCard
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type


class LanguageGrid(QGridLayout):
    """A card for each language, in its own words."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.setSpacing(screen.theme.space(Space.SMALL))
        for index, language in enumerate(screen.house.languages):
            card = ChoiceCard(screen.theme.in_language(language), f"language-{language}")
            words = load(language)
            # Translators: stands below the language's own name on the first screen.
            card.say(NAMES[language], words.gettext("Buy tickets"))
            card.setProperty("language", language)
            card.clicked.connect(lambda _=False, chosen=language: screen.happened.emit(LanguageChosen(chosen)))
            self.addWidget(card, index // 2, index % 2)
        for column in (0, 1):
            self.setColumnStretch(column, 1)


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
        grid = LanguageGrid(self)
        row: QBoxLayout = QHBoxLayout(self) if self.landscape else QVBoxLayout(self)
        self.margins(row)
        if self.landscape:
            row.addStretch(1)
            side = QVBoxLayout()
            side.setContentsMargins(theme.space(Space.PAGE), 0, 0, 0)
            side.addStretch(1)
            side.addLayout(names)
            side.addSpacing(theme.space(Space.LARGE))
            side.addLayout(grid)
            side.addStretch(1)
            row.addLayout(side, 1)
        else:
            row.addSpacing(theme.space(Space.LARGE))
            row.addLayout(names)
            row.addStretch(1)
            row.addLayout(grid)

    def show_state(self, state: State) -> None:
        name = state.house.catalog.site.name
        self._name.setText(name.in_language("zh-Hans"))
        self._english.setText(name.in_language("en"))


class LanguageScreen(Screen):
    """The languages again, from any step on."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        title = Text(theme, Type.TITLE)
        title.setText(say.gettext("Choose your language"))
        lead = Text(theme, Type.LEAD, "soft")
        lead.setText(say.gettext("Everything you have chosen stays as it is."))
        column = QVBoxLayout(self)
        self.margins(column)
        column.addWidget(title)
        column.addWidget(lead)
        column.addSpacing(theme.space(Space.LARGE))
        column.addLayout(LanguageGrid(self))
        column.addStretch(1)

    def show_state(self, state: State) -> None:
        """Nothing of it depends on the state."""
