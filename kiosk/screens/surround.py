"""What stands around every screen: the bars with their words, and the empty room above for a person who sits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.languages import NAMES
from i18n.loader import Translator
from kiosk.journeys.comfort import ContrastTouched, LargerTouched, LowReachTouched, VoiceTouched
from kiosk.journeys.events import (
    BackTouched,
    HelpTouched,
    LanguagesTouched,
    StartAgainTouched,
)
from kiosk.journeys.navigation import ways
from kiosk.journeys.states import Overlay, State, Welcome
from shared.ui.bars import BAR_MM, BottomBar, TopBar
from shared.ui.theme import Theme


class Surround(QWidget):
    """The bars and the place between them. Built anew for each theme and language."""

    happened = Signal(object)

    def __init__(self, theme: Theme, say: Translator, headroom_px: int) -> None:
        super().__init__()
        self._theme, self._say = theme, say
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if say.right_to_left else Qt.LayoutDirection.LeftToRight)
        self.top, self.bottom = TopBar(theme), BottomBar(theme)
        for bar in (self.top, self.bottom):
            bar.setMinimumHeight(theme.tokens.target(BAR_MM))
        self.place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, headroom_px, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(self.place, 1)
        column.addWidget(self.bottom)
        self._connect()

    def _connect(self) -> None:
        for signal, event in (
            (self.top.language_wanted, LanguagesTouched()),
            (self.top.larger_wanted, LargerTouched()),
            (self.top.contrast_wanted, ContrastTouched()),
            (self.top.voice_wanted, VoiceTouched()),
            (self.bottom.back_wanted, BackTouched()),
            (self.bottom.start_again_wanted, StartAgainTouched()),
            (self.bottom.reach_wanted, LowReachTouched()),
            (self.bottom.help_wanted, HelpTouched()),
        ):
            signal.connect(lambda happened=event: self.happened.emit(happened))

    def show_state(self, state: State) -> None:
        """The words of the bars, and which ways are offered."""
        begins = isinstance(state.at, Welcome) and state.over is None
        self._show_comfort(state)
        self.top.language.label(NAMES[self._theme.language])
        named = begins and not (self._theme.tokens.screen.landscape and self._theme.tokens.size >= 1.5)
        place = "" if named else self._say.local(state.house.catalog.site.name)
        self.top.language.setAccessibleName(self._say.gettext("Change the language"))
        self.top.language.setVisible(not begins and state.over is not Overlay.LANGUAGES)
        self._show_ways(state)
        width = self._theme.tokens.screen.width_px
        self.top.fit(width)
        self.bottom.fit(width)
        self.top.show_place(place, width)

    def _show_comfort(self, state: State) -> None:
        say, comfort = self._say, state.visit.comfort
        spoken = say.gettext("Stop reading aloud") if comfort.voice else say.gettext("Read everything aloud")
        clear = say.gettext("Usual colours") if comfort.contrast else say.gettext("High contrast")
        lower = say.gettext("Everything higher up") if comfort.low_reach else say.gettext("Everything lower down")
        self.top.larger.setAccessibleName(say.gettext("Larger text"))
        self.top.contrast.setAccessibleName(clear)
        self.top.voice.setAccessibleName(spoken)
        self.top.voice.setVisible(state.house.speaks)
        self.top.voice.bear("silent" if comfort.voice else "sound")
        self.bottom.reach.setAccessibleName(lower)

    def _show_ways(self, state: State) -> None:
        say, offered = self._say, ways(state)
        # Translators: the three buttons at the bottom of every screen.
        self.bottom.back.label(say.pgettext("to the screen before", "Back"))
        self.bottom.start_again.label(say.gettext("Start again"))
        self.bottom.help.label(say.gettext("Help"))
        self.bottom.back.setVisible(offered.back)
        self.bottom.start_again.setVisible(offered.start_again)
        self.bottom.help.setVisible(state.over is not Overlay.HELP)
