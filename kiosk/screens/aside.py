"""What stands beside the purchase: help, the calm question, and the machine that cannot serve."""

from __future__ import annotations

from i18n.loader import Translator
from kiosk.journeys.comfort import ElderTouched
from kiosk.journeys.events import (
    OverlayClosed,
)
from kiosk.journeys.states import House, State, money_may_move
from kiosk.screens.page import PicturePage
from shared.ui.button import KioskButton
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Type
from shared.ui.touchable import Kind


class HelpScreen(PicturePage):
    """How it goes on, and the way to a person."""

    picture_name = "window.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._stays = Text(theme, Type.BODY).centred()
        self._back = KioskButton(theme, "close-help", Kind.PRIMARY, height_mm=30.0)
        self._back.clicked.connect(lambda: self.happened.emit(OverlayClosed()))
        self._elder = KioskButton(theme, "elder", icon_name="elder")
        self._elder.setProperty("navigation", True)
        self._elder.clicked.connect(lambda: self.happened.emit(ElderTouched()))
        self.body.hold(self._stays, self._elder)
        self.foot.addWidget(self._back)

    def show_state(self, state: State) -> None:
        say = self.say
        lead = say.gettext("The staff at the ticket window beside the gate are glad to help. You can buy there, too.")
        self.head(say.gettext("How can we help?"), lead)
        self._stays.setText(self._state_of_things(state))
        self._elder.label(elder_words(say, on=state.visit.comfort.elder))
        self._back.label(say.gettext("Back to where I was"))

    def _state_of_things(self, state: State) -> str:
        say = self.say
        if money_may_move(state.at):
            return say.gettext("Your payment is safe, and the machine is working on it.")
        return say.gettext("You cannot break anything: nothing is paid before you show your payment code.")


def elder_words(say: Translator, *, on: bool) -> str:
    """What the button into and out of the elder mode says."""
    return say.gettext("The usual view") if on else say.gettext("Larger and simpler")


class StillThereScreen(PicturePage):
    """A question without a clock. A touch anywhere on its button is enough."""

    picture_name = "rest.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._here = KioskButton(theme, "still-here", Kind.PRIMARY, height_mm=36.0)
        self._here.label(say.gettext("Yes, I need more time"))
        self._here.clicked.connect(lambda: self.happened.emit(OverlayClosed()))
        self.foot.addWidget(self._here)

    def show_state(self, state: State) -> None:
        say = self.say
        lead = say.gettext("Take all the time you like. Without an answer we make room for the next visitor.")
        self.head(say.gettext("Are you still there?"), lead)


class OutOfServiceScreen(PicturePage):
    """Said before any money: the machine cannot serve now, and where to go. A fault's number is for the staff."""

    picture_name = "window.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._number = Text(theme, Type.BODY).centred()
        self._number.setObjectName("fault-number")
        self.foot.addWidget(self._number)

    def show_state(self, state: State) -> None:
        say, fault = self.say, state.house.fault
        self._number.setText(f"[{fault.number}]" if fault else "")
        self._number.setVisible(fault is not None)
        lead = say.gettext("Please come to the ticket window beside the gate. Nothing has been paid here.")
        self.head(say.gettext("This machine cannot sell tickets at the moment"), lead)
