"""Which screen belongs to a state: one line for each step."""

from __future__ import annotations

from typing import assert_never

from drivers.contracts.payment import Needs
from kiosk.journeys.pay_states import PayNow, PayWaiting, Way
from kiosk.journeys.states import (
    OutOfService,
    Overlay,
    Printing,
    Review,
    State,
    StillThere,
    Take,
    ToWindow,
    Welcome,
    When,
    Who,
    tells_owed,
)
from kiosk.screens.aside import HelpScreen, OutOfServiceScreen, StillThereScreen
from kiosk.screens.issuing import CashOwedScreen, PrintingScreen, TakeScreen, ToWindowScreen
from kiosk.screens.page import Screen
from kiosk.screens.pay_waiting import CardWaitingScreen, CashWaitingScreen, PayWaitingScreen
from kiosk.screens.paying import PayScreen
from kiosk.screens.review import ReviewScreen
from kiosk.screens.welcome import LanguageScreen, WelcomeScreen
from kiosk.screens.when import WhenScreen
from kiosk.screens.who import WhoScreen


def screen_class(state: State) -> type[Screen]:
    """Which screen a state has: an overlay's own, else the step's."""
    if state.over is None and tells_owed(state) is not None:
        return CashOwedScreen
    match state.over:
        case Overlay.HELP:
            return HelpScreen
        case Overlay.LANGUAGES:
            return LanguageScreen
        case StillThere():
            return StillThereScreen
        case None:
            return _step_screen(state)
        case _:
            assert_never(state.over)


def _waiting_screen(way: Way) -> type[Screen]:
    match way.needs:
        case Needs.AT_THE_TERMINAL:
            return CardWaitingScreen
        case Needs.CASH:
            return CashWaitingScreen
        case Needs.SCANNED_CODE | Needs.SHOWN_CODE:
            return PayWaitingScreen


def _step_screen(state: State) -> type[Screen]:  # noqa: C901 - one line for each step
    match state.at:
        case Welcome():
            return WelcomeScreen
        case Who():
            return WhoScreen
        case When():
            return WhenScreen
        case Review():
            return ReviewScreen
        case PayNow():
            return PayScreen
        case PayWaiting(way=way):
            return _waiting_screen(way)
        case Printing():
            return PrintingScreen
        case Take():
            return TakeScreen
        case ToWindow():
            return ToWindowScreen
        case OutOfService():
            return OutOfServiceScreen
        case _:
            assert_never(state.at)
