"""The whole window: the two bars, and the screen that belongs to the state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.languages import NAMES
from i18n.loader import Translator, load
from kiosk.journeys.events import BackTouched, HelpTouched, LanguagesTouched, StartAgainTouched
from kiosk.journeys.navigation import ways
from kiosk.journeys.states import (
    House,
    Overlay,
    State,
    Welcome,
)
from kiosk.screens.casting import screen_class
from kiosk.screens.page import Screen
from shared.ui import fonts
from shared.ui.bars import BAR_MM, BottomBar, TopBar
from shared.ui.pictures import Picture
from shared.ui.theme import Theme
from shared.ui.touchable import Touchable, note_input

_LEVELS = 4  # how deep texts stand within panels within pages


class Stage(QWidget):
    """Shows states. A change of language builds the screens anew, in the language's own fonts and direction."""

    happened = Signal(object)

    def __init__(self, theme: Theme, house: House) -> None:
        super().__init__()
        self.setObjectName("stage")
        self._house = house
        self._hero = Picture("hero.svg", cover=1.0)
        self._ridge = Picture("ridge.svg", cover=0.0)
        for picture in (self._hero, self._ridge):
            picture.setParent(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._content: QWidget | None = None
        self._current: Screen | None = None
        self._speak(theme)

    def event(self, event: QEvent) -> bool:
        note_input(self, event)  # a key that nothing else has taken
        return super().event(event)

    def show_state(self, state: State) -> None:
        """The only way in: everything that is seen follows from the state."""
        self._house = state.house
        if state.visit.language != self._theme.language:
            self._speak(self._theme.in_language(state.visit.language))
        screen = self._screen_for(state)
        screen.show_state(state)
        self._put(screen)
        self._show_bars(state)
        begins = isinstance(state.at, Welcome) and state.over is None
        if begins:
            self._forget(but=screen)
        self._hero.setVisible(begins and self._theme.palette.scenery)
        self._ridge.setVisible(not begins and self._theme.palette.scenery)
        settle()

    @property
    def current(self) -> Screen:
        """The screen that is seen. Raises LookupError before the first state."""
        if self._current is None:
            raise LookupError("no state has been shown yet")
        return self._current

    def _speak(self, theme: Theme) -> None:
        self._theme = theme
        self._say = load(theme.language)
        fonts.set_language(theme.language)
        self._screens: dict[type[Screen], Screen] = {}
        self._current = None
        if self._content is not None:
            self._content.hide()
            self._column.removeWidget(self._content)
            self._content.deleteLater()
        self._content = self._build(theme)
        self._column.addWidget(self._content)
        self._content.show()

    def _build(self, theme: Theme) -> QWidget:
        content = QWidget()
        content.setLayoutDirection(_direction(self._say))
        self._top, self._bottom = TopBar(theme), BottomBar(theme)
        self._top.setMinimumHeight(theme.tokens.target(BAR_MM))
        self._bottom.setMinimumHeight(theme.tokens.target(BAR_MM))
        self._place = QVBoxLayout()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addLayout(self._place, 1)
        column.addWidget(self._bottom)
        self._top.language_wanted.connect(lambda: self.happened.emit(LanguagesTouched()))
        self._bottom.back_wanted.connect(lambda: self.happened.emit(BackTouched()))
        self._bottom.start_again_wanted.connect(lambda: self.happened.emit(StartAgainTouched()))
        self._bottom.help_wanted.connect(lambda: self.happened.emit(HelpTouched()))
        return content

    def _show_bars(self, state: State) -> None:
        say, offered = self._say, ways(state)
        begins = isinstance(state.at, Welcome) and state.over is None
        self._top.language.label(NAMES[self._theme.language])
        place = "" if begins else say.local(state.house.catalog.site.name)
        self._top.show_place(place, self._theme.tokens.screen.width_px)
        self._top.language.setAccessibleName(say.gettext("Change the language"))
        self._top.language.setVisible(not begins and state.over is not Overlay.LANGUAGES)
        # Translators: the three buttons at the bottom of every screen.
        self._bottom.back.label(say.pgettext("to the screen before", "Back"))
        self._bottom.start_again.label(say.gettext("Start again"))
        self._bottom.help.label(say.gettext("Help"))
        self._bottom.back.setVisible(offered.back)
        self._bottom.start_again.setVisible(offered.start_again)
        self._bottom.help.setVisible(state.over is not Overlay.HELP)

    def _screen_for(self, state: State) -> Screen:
        kind = screen_class(state)
        if kind not in self._screens:
            screen = kind(self._theme, self._say, self._house)
            screen.happened.connect(self.happened)
            screen.setParent(self._content)
            self._screens[kind] = screen
            self._bars_last(screen)
        return self._screens[kind]

    def _put(self, screen: Screen) -> None:
        """Only the screen that is seen stands in the layout: no other one asks for room."""
        if screen is not self._current:
            if self._current is not None:
                self._place.removeWidget(self._current)
                self._current.hide()
            self._place.addWidget(screen)
            screen.show()
        self._current = screen

    def _forget(self, *, but: Screen) -> None:
        """Lets every other screen go: nothing of a visitor stays written on a hidden one."""
        for kind, screen in list(self._screens.items()):
            if screen is not but:
                del self._screens[kind]
                screen.deleteLater()

    def _bars_last(self, screen: Screen) -> None:
        """The keyboard goes down the page: the bar below comes after everything on the screen."""
        controls = screen.findChildren(Touchable)
        if controls:
            QWidget.setTabOrder(controls[-1], self._bottom.back)
        QWidget.setTabOrder(self._bottom.back, self._bottom.start_again)
        QWidget.setTabOrder(self._bottom.start_again, self._bottom.help)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        width, height = self.width(), self.height()
        if self._theme.tokens.screen.landscape:
            self._hero.setGeometry(0, 0, width // 2, height)
        else:
            self._hero.setGeometry(0, 0, width, int(height * (0.7 - (self._theme.tokens.size - 1) * 0.16)))
        ridge = int(height * 0.24)
        bar = self._theme.tokens.target(BAR_MM)
        self._ridge.setGeometry(QRect(0, height - bar - ridge, width, ridge + bar // 2))
        self._hero.lower()
        self._ridge.lower()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        QPainter(self).fillRect(self.rect(), self._theme.colour("paper"))


def settle() -> None:
    """Lets new texts find their room at once, level by level, instead of one frame after another."""
    for _ in range(_LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _direction(say: Translator) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if say.right_to_left else Qt.LayoutDirection.LeftToRight
