"""Paid: the tickets come, are taken, or are fetched at the window."""

from __future__ import annotations

from i18n.loader import Translator
from kiosk.journeys.events import Finished, OwedNoted
from kiosk.journeys.states import House, Printing, State, Take, ToWindow, tells_owed
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


class CodePage(PicturePage):
    """A code that any window honours, large enough to be written down."""

    picture_name = "window.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._code = Text(theme, Type.DISPLAY, "accent").centred()
        self._paper = Text(theme, Type.BODY, "soft").centred()
        self.done = KioskButton(theme, "done", Kind.PRIMARY, icon_name="check", height_mm=30.0)
        self.done.label(say.gettext("I have the code"))
        self.body.hold(self._code, self._paper)
        self.foot.addWidget(self.done)

    def show_code(self, code: str, *, printed: bool) -> None:
        """The code, and whether it stands on paper too."""
        on_slip = self.say.gettext("The code is also on the slip that comes out below.")
        by_hand = self.say.gettext("Please write the code down or take a photograph of it.")
        self._code.setText(self.say.isolated(code))
        self._paper.setText(on_slip if printed else by_hand)


class ToWindowScreen(CodePage):
    """The machine cannot finish a sale that was paid."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self.done.clicked.connect(lambda: self.happened.emit(Finished()))

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, ToWindow):
            return
        say = self.say
        lead = say.gettext("You have paid. Any ticket window gives you your tickets or your money for this code.")
        self.head(say.gettext("Please come to the ticket window"), lead)
        self.show_code(state.at.claim_code, printed=state.at.claim_printed)


class CashOwedScreen(CodePage):
    """The cash unit could not give something back."""

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self.done.clicked.connect(lambda: self.happened.emit(OwedNoted()))

    def show_state(self, state: State) -> None:
        owed = tells_owed(state)
        if owed is None:
            return
        say = self.say
        title = say.gettext("You still get {amount} back").format(amount=say.money(owed.amount))
        self.head(title, say.gettext("The machine could not give it out. Any ticket window pays it for this code."))
        self.show_code(owed.code, printed=owed.printed)
