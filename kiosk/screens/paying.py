"""Paying by code: where to hold the telephone, what happens then, and what went wrong."""

from __future__ import annotations

from i18n.loader import Translator
from kiosk.journeys.states import House, PayNow, PayWaiting, State
from kiosk.screens.notices import pay_notice
from kiosk.screens.page import PicturePage
from shared.domain.payment_code import Wallet
from shared.ui.panel import Notice
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Type


class PayScreen(PicturePage):
    """Asks for the payment code. The basket stays, whatever is shown to the reader."""

    picture_name = "show-code.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._total = Text(theme, Type.DISPLAY, "accent").centred()
        self._wallets = Text(theme, Type.BODY, "soft").centred()
        self._notice = Notice(theme, "pay-notice", "warning")
        self.body.hold(self._total, self._wallets, self._notice)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, PayNow):
            return
        say = self.say
        ready = state.at.sale_id is not None
        lead = say.gettext("Open the code for paying in your wallet and hold your phone over the reader below.")
        waiting = say.gettext("We are keeping your places.")
        title = say.gettext("Show your payment code") if ready else say.gettext("One moment, please.")
        self.head(title, lead if ready else waiting, 4)
        self._total.setText(say.money(state.at.quote.total))
        names = ", ".join(wallet_name(say, wallet) for wallet in state.house.wallets)
        self._wallets.setText(say.gettext("Accepted here: {wallets}").format(wallets=names))
        self.lead.setVisible(state.at.notice is None)  # the notice says what to do
        self._notice.say(*(pay_notice(say, state.at.notice) if state.at.notice else ("", "")))


class PayWaitingScreen(PicturePage):
    """A payment is under way: no button, nothing to do wrong."""

    picture_name = "phone.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._total = Text(theme, Type.DISPLAY, "accent").centred()
        self._unsure = Notice(theme, "pay-unsure")
        self.body.hold(self._total, self._unsure)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, PayWaiting):
            return
        say = self.say
        self._total.setText(say.money(state.at.quote.total))
        if state.at.confirm:
            self.head(
                say.gettext("Please confirm on your phone"), say.gettext("Your wallet asks you. Take your time."), 4
            )
        else:
            self.head(say.gettext("Your payment is being made"), say.gettext("One moment, please."), 4)
        unsure = say.gettext("We are asking your wallet what became of the payment.") if state.at.unsure else ""
        self._unsure.say(unsure, say.gettext("You need do nothing. Nothing is taken a second time."))


def wallet_name(say: Translator, wallet: Wallet) -> str:
    """The wallet as its users call it in this language."""
    match wallet:
        case Wallet.WECHAT:
            return say.gettext("WeChat Pay")
        case Wallet.ALIPAY:
            return say.gettext("Alipay")
        case Wallet.UNIONPAY:
            return say.gettext("UnionPay")
