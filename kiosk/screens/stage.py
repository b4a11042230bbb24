"""The whole window: the two bars, and the screen that belongs to the state."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.loader import load
from kiosk.journeys.comfort import Comfort
from kiosk.journeys.states import House, State, Welcome
from kiosk.screens.casting import screen_class
from kiosk.screens.keypad import Keypad
from kiosk.screens.page import Screen
from kiosk.screens.surround import Surround
from shared.ui import fonts
from shared.ui.bars import BAR_MM
from shared.ui.leaves import Leaves
from shared.ui.palette import HIGH_CONTRAST
from shared.ui.pictures import Picture
from shared.ui.theme import Theme
from shared.ui.touchable import Touchable

_LEVELS = 6  # how deep texts stand within panels within leaves within pages


class Stage(QWidget):
    """Shows states. Another language, size or contrast builds the screens anew, in its own fonts and direction.

    `theme` is the usual one; what a visitor wishes is laid over it.
    """

    happened = Signal(object)

    def __init__(self, theme: Theme, house: House) -> None:
        super().__init__()
        self.setObjectName("stage")
        self._usual = self._theme = theme
        self._house = house
        self._hero = Picture("hero.svg", cover=1.0)
        self._ridge = Picture("ridge.svg", cover=0.0)
        for picture in (self._hero, self._ridge):
            picture.setParent(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._surround: Surround | None = None
        self._screens: dict[type[Screen], Screen] = {}
        self._current: Screen | None = None
        self._headroom = 0
        self._keypad = Keypad(self)
        self._keypad.happened.connect(self.happened)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._keypad.watch(self.windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Nobody closes the window but the program itself."""
        if event.spontaneous():
            event.ignore()
        else:
            super().closeEvent(event)

    def show_state(self, state: State) -> None:
        """The only way in: everything that is seen follows from the state."""
        self._house = state.house
        surround = self._surround_for(state)
        screen = self._screen_for(state, surround)
        screen.show_state(state)
        self._put(screen, surround)
        surround.show_state(state)
        begins = isinstance(state.at, Welcome) and state.over is None
        if begins:
            self._forget(but=screen)
        scenery = self._theme.palette.scenery and self._theme.tokens.size < 1.5  # large words stand over everything
        self._hero.setVisible(begins and scenery)
        self._ridge.setVisible(not begins and scenery)
        for leaves in screen.findChildren(Leaves):
            leaves.refresh()
        settle()
        screen.settled()
        settle()

    @property
    def current(self) -> Screen:
        """The screen that is seen. Raises LookupError before the first state."""
        if self._current is None:
            raise LookupError("no state has been shown yet")
        return self._current

    def _surround_for(self, state: State) -> Surround:
        """The bars in the visitor's language, size and colours; built anew, with every screen, when these change."""
        comfort = state.visit.comfort
        theme = worn(self._usual, state.visit.language, comfort)
        headroom = self._usual.tokens.headroom() if comfort.low_reach else 0
        if self._surround is not None and (theme, headroom) == (self._theme, self._headroom):
            return self._surround
        self._theme, self._headroom = theme, headroom
        self._surround = self._rebuilt(Surround(theme, load(theme.language), headroom))
        return self._surround

    def _rebuilt(self, surround: Surround) -> Surround:
        fonts.set_language(self._theme.language)
        self._screens, self._current = {}, None
        if self._surround is not None:
            self._surround.hide()
            self._column.removeWidget(self._surround)
            self._surround.deleteLater()
        surround.happened.connect(self.happened)
        self._column.addWidget(surround)
        surround.show()
        self._place_pictures()
        return surround

    def _screen_for(self, state: State, surround: Surround) -> Screen:
        kind = screen_class(state)
        if kind not in self._screens:
            screen = kind(self._theme, load(self._theme.language), self._house)
            screen.happened.connect(self.happened)
            screen.setParent(surround)
            self._screens[kind] = screen
            bars_around(screen, surround)
        return self._screens[kind]

    def _put(self, screen: Screen, surround: Surround) -> None:
        """Only the screen that is seen stands in the layout: no other one asks for room."""
        if screen is not self._current:
            if self._current is not None:
                surround.place.removeWidget(self._current)
                self._current.hide()
            surround.place.addWidget(screen)
            screen.show()
        self._current = screen

    def _forget(self, *, but: Screen) -> None:
        """Lets every other screen go: nothing of a visitor stays written on a hidden one."""
        for kind, screen in list(self._screens.items()):
            if screen is not but:
                del self._screens[kind]
                screen.deleteLater()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        self._place_pictures()

    def _place_pictures(self) -> None:
        width, height, tokens = self.width(), self.height(), self._theme.tokens
        if tokens.screen.landscape:
            self._hero.setGeometry(0, 0, width // 2, height)
        else:
            self._hero.setGeometry(0, 0, width, int(height * (0.7 - (tokens.size - 1) * 0.16)))
        ridge = int(height * 0.24)
        bar = tokens.target(BAR_MM)
        self._ridge.setGeometry(QRect(0, height - bar - ridge, width, ridge + bar // 2))
        self._hero.lower()
        self._ridge.lower()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        QPainter(self).fillRect(self.rect(), self._theme.colour("paper"))


def worn(usual: Theme, language: str, comfort: Comfort) -> Theme:
    """The usual theme as a visitor wants it."""
    size = max(usual.tokens.size, comfort.size)
    palette = HIGH_CONTRAST if comfort.contrast else usual.palette
    return Theme(replace(usual.tokens, size=size), palette, language)


def bars_around(screen: Screen, surround: Surround) -> None:
    """The keyboard goes down the page: the bar above, everything on the screen, the bar below."""
    controls = screen.findChildren(Touchable)
    chain = [*surround.top.buttons(), *controls, *surround.bottom.buttons()]
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def settle() -> None:
    """Lets new texts find their room at once, level by level, instead of one frame after another."""
    for _ in range(_LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
