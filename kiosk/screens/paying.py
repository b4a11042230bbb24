"""Paying: by a code before the reader, or one of the other ways; then what happens, and what went wrong."""

from __future__ import annotations

from drivers.contracts.payment import Needs
from i18n.loader import Translator
from kiosk.journeys.events import WayChosen
from kiosk.journeys.pay_states import PayNow, Way
from kiosk.journeys.states import House, State
from kiosk.screens.notices import pay_notice
from kiosk.screens.page import PicturePage
from shared.domain.payment_code import Wallet
from shared.ui.button import KioskButton
from shared.ui.panel import Notice
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Type

ICONS = {Needs.SCANNED_CODE: "qr", Needs.SHOWN_CODE: "qr", Needs.AT_THE_TERMINAL: "card", Needs.CASH: "cash"}


class PayScreen(PicturePage):
    """Asks for the payment code and offers the other ways. The basket stays, whatever is shown to the reader."""

    picture_name = "show-code.svg"

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._total = Text(theme, Type.DISPLAY, "accent").centred()
        self._wallets = Text(theme, Type.BODY, "soft").centred()
        self._notice = Notice(theme, "pay-notice", "warning")
        self.body.hold(self._notice, self._total, self._wallets)
        self._ways = {way.method: self._way_button(way) for way in house.ways if way.needs is not Needs.SCANNED_CODE}
        self.body.hold(*self._ways.values())

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, PayNow):
            return
        say, at = self.say, state.at
        ready = at.sale_id is not None
        scans = any(way.needs is Needs.SCANNED_CODE for way in state.house.open_ways)
        self.head(self._title(ready=ready, scans=scans), self._lead(ready=ready, scans=scans), 4)
        self._total.setText(say.money(at.rest if at.rest is not None else at.quote.total))
        self._show_ways(state, ready=ready)
        self.lead.setVisible(at.notice is None and bool(self.lead.text()))  # the notice says what to do
        self._notice.say(*(pay_notice(say, at.notice) if at.notice else ("", "")))

    def _title(self, *, ready: bool, scans: bool) -> str:
        if not ready:
            return self.say.gettext("One moment, please.")
        if scans:
            return self.say.gettext("Show your payment code")
        return self.say.gettext("How would you like to pay?")

    def _lead(self, *, ready: bool, scans: bool) -> str:
        if not ready:
            return self.say.gettext("We are keeping your places.")
        if scans:
            return self.say.gettext(
                "Open the code for paying in your wallet and hold your phone over the reader below."
            )
        return ""

    def _show_ways(self, state: State, *, ready: bool) -> None:
        wallets = [wallet_name(self.say, Wallet(way.method)) for way in state.house.open_ways if scanned(way)]
        self._wallets.setText(self.say.gettext("Accepted here: {wallets}").format(wallets=", ".join(wallets)))
        self._wallets.setVisible(bool(wallets))
        works = {way.method: way for way in state.house.open_ways}
        for method, button in self._ways.items():
            button.setVisible(ready and method in works)
            if method in works:
                button.label(way_words(self.say, works[method]))

    def _way_button(self, way: Way) -> KioskButton:
        button = KioskButton(self.theme, f"way-{way.method}", icon_name=ICONS[way.needs])
        button.clicked.connect(lambda: self.happened.emit(WayChosen(way.method)))
        return button


def scanned(way: Way) -> bool:
    """Whether it is paid by the payer's code before the reader."""
    return way.needs is Needs.SCANNED_CODE


def way_words(say: Translator, way: Way) -> str:
    """What the button of a way says."""
    match way.needs:
        case Needs.AT_THE_TERMINAL:
            return say.gettext("Pay by card")
        case Needs.CASH if way.exact_only:
            return say.gettext("Pay in cash, without change")
        case Needs.CASH:
            return say.gettext("Pay in cash")
        case Needs.SHOWN_CODE | Needs.SCANNED_CODE:
            name = _NAMES.get(way.method.split("-")[0])
            wallet = wallet_name(say, name) if name else way.method
            return say.gettext("Scan a code with {wallet}").format(wallet=wallet)


_NAMES = {wallet.value: wallet for wallet in Wallet}


def wallet_name(say: Translator, wallet: Wallet) -> str:
    """The wallet as its users call it in this language."""
    match wallet:
        case Wallet.WECHAT:
            return say.gettext("WeChat Pay")
        case Wallet.ALIPAY:
            return say.gettext("Alipay")
        case Wallet.UNIONPAY:
            return say.gettext("UnionPay")
