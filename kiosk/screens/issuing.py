"""Paid: the tickets come, are taken, or are fetched at the window."""

from __future__ import annotations

from i18n.loader import Translator
from kiosk.journeys.events import Finished
from kiosk.journeys.states import House, Printing, State, Take, ToWindow
from kiosk.screens.page import PicturePage
from shared.ui.button import KioskButton
from shared.ui.panel import Notice
from shared.ui.progress_dots import ProgressDots
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Type
from shared.ui.touchable import Kind


class PrintingScreen(PicturePage):
    """Which ticket of how many, and where it comes out."""

    picture_name = "printing.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._dots = ProgressDots(theme, "tickets-printed")
        self._waits = Notice(theme, "printer-waits", "warning")
        self.body.hold(self._dots, self._waits)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, Printing):
            return
        say, at = self.say, state.at
        numbers = {"number": say.number(at.ticket), "count": say.number(at.count)}
        title = say.gettext("Ticket {number} of {count} is being printed").format(**numbers)
        paid = say.gettext("Thank you, your payment has arrived.")
        below = say.gettext("The tickets come out below.")
        self.head(title, f"{paid}\n{below}", 5)
        self._dots.show_progress(at.ticket - 1, at.count, title)
        waits = say.gettext("The printer has stopped. A member of staff is needed.") if at.waits else ""
        self._waits.say(waits, say.gettext("Your payment is safe. Printing goes on as soon as the printer is ready."))


class TakeScreen(PicturePage):
    """Everything is out."""

    picture_name = "take.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._done = KioskButton(theme, "done", Kind.PRIMARY, icon_name="check", height_mm=30.0)
        self._done.label(say.gettext("Done"))
        self._done.clicked.connect(lambda: self.happened.emit(Finished()))
        self.foot.addWidget(self._done)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, Take):
            return
        say, at = self.say, state.at
        if at.receipt:
            what = say.ngettext(
                "Please take your ticket and the receipt",
                "Please take your {count} tickets and the receipt",
                at.tickets,
            )
        else:
            what = say.ngettext("Please take your ticket", "Please take your {count} tickets", at.tickets)
        self.head(
            what.format(count=say.number(at.tickets)), say.gettext("We wish you a beautiful day on the mountain."), 5
        )


class ToWindowScreen(PicturePage):
    """The machine cannot finish: a code that any window honours."""

    picture_name = "window.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._code = Text(theme, Type.DISPLAY, "accent").centred()
        self._paper = Text(theme, Type.BODY, "soft").centred()
        self._done = KioskButton(theme, "done", Kind.PRIMARY, icon_name="check", height_mm=30.0)
        self._done.label(say.gettext("I have the code"))
        self._done.clicked.connect(lambda: self.happened.emit(Finished()))
        self.body.hold(self._code, self._paper)
        self.foot.addWidget(self._done)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, ToWindow):
            return
        say = self.say
        lead = say.gettext("You have paid. Any ticket window gives you your tickets or your money for this code.")
        self.head(say.gettext("Please come to the ticket window"), lead)
        self._code.setText(say.isolated(state.at.claim_code))
        printed = say.gettext("The code is also on the slip that comes out below.")
        unprinted = say.gettext("Please write the code down or take a photograph of it.")
        self._paper.setText(printed if state.at.claim_printed else unprinted)
