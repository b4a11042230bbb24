"""A payment is under way: on the payer's telephone, at the card terminal, by notes and coins, or at the bank."""

from __future__ import annotations

from drivers.contracts.payment import Needs
from drivers.contracts.payment_steps import CashStep, TerminalStep
from i18n.loader import Translator
from kiosk.journeys.events import OtherWayWanted
from kiosk.journeys.pay_states import PayWaiting
from kiosk.journeys.states import House, State
from kiosk.screens.page import PicturePage
from kiosk.screens.pay_steps import cash_words, terminal_words
from shared.domain.money import Money
from shared.ui.button import KioskButton
from shared.ui.panel import Notice
from shared.ui.qr_picture import QrPicture
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Type


class PayWaitingScreen(PicturePage):
    """What to do now, and nothing to do wrong: where the machine waits for the payer, another way may be chosen."""

    picture_name = "phone.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._total = Text(theme, Type.DISPLAY, "accent").centred()
        self._so_far = Text(theme, Type.LEAD).centred()
        self._unsure = Notice(theme, "pay-unsure")
        self._code = QrPicture(theme, "pay-code")
        self.body.hold(self._total, self._code, self._so_far, self._unsure)
        self._otherwise = KioskButton(theme, "pay-otherwise", height_mm=24.0)
        self._otherwise.clicked.connect(lambda: self.happened.emit(OtherWayWanted()))
        self.foot.addWidget(self._otherwise)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, PayWaiting):
            return
        say, at = self.say, state.at
        self._total.setText(say.money(at.due))
        self.head(*self._told(at), 4)
        self._show_code(at)
        self._so_far.setText(self._cash_so_far(at))
        self._so_far.setVisible(bool(self._so_far.text()))
        self._otherwise.label(say.gettext("Pay in another way"))
        self._otherwise.setVisible(at.can_stop)
        unsure = say.gettext("We are asking what became of the payment.") if at.unsure else ""
        self._unsure.say(unsure, say.gettext("You need do nothing. Nothing is taken a second time."))

    def _show_code(self, at: PayWaiting) -> None:
        code = at.code if not (at.unsure or at.stopping) else None
        self._code.show_text(code or "")
        self._code.setVisible(code is not None)
        self.wants_picture = code is None

    def _told(self, at: PayWaiting) -> tuple[str, str]:
        say = self.say
        match at.way.needs, at.step:
            case _ if at.stopping:
                return say.gettext("One moment, please."), say.gettext("We are going back to the other ways to pay.")
            case Needs.SHOWN_CODE, _ if at.code is not None and not at.unsure:
                return say.gettext("Scan this code with your wallet"), ""
            case Needs.AT_THE_TERMINAL, TerminalStep() as step if not at.unsure:
                return terminal_words(say, step)
            case Needs.CASH, CashStep() as step if not at.unsure:
                return cash_words(say, step)
            case _ if at.confirm:
                waits = say.gettext("Your wallet asks you. Take your time.")
                return say.gettext("Please confirm on your phone"), waits
            case _:
                return say.gettext("Your payment is being made"), say.gettext("One moment, please.")

    def _cash_so_far(self, at: PayWaiting) -> str:
        if at.way.needs is not Needs.CASH or not at.inserted:
            return ""
        due = at.due
        inserted = Money(at.inserted, due.currency)
        rest = Money(max(0, due.minor - at.inserted), due.currency)
        words = self.say.gettext("Inserted: {inserted}. Still to pay: {rest}.")
        return words.format(inserted=self.say.money(inserted), rest=self.say.money(rest))


class CardWaitingScreen(PayWaitingScreen):
    """At the card terminal."""

    picture_name = "card-terminal.svg"


class CashWaitingScreen(PayWaitingScreen):
    """By notes and coins."""

    picture_name = "cash.svg"
