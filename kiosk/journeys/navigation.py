"""Back, Start again, Help and the language: on every screen, always in the same place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from kiosk.journeys import moves
from kiosk.journeys.events import (
    BackTouched,
    HelpTouched,
    LanguageChosen,
    LanguagesTouched,
    Navigation,
    OverlayClosed,
    StartAgainTouched,
)
from kiosk.journeys.moves import Moved
from kiosk.journeys.pay_states import PayNow, PayWaiting
from kiosk.journeys.states import (
    OutOfService,
    Overlay,
    Printing,
    Review,
    State,
    Step,
    Take,
    ToWindow,
    Welcome,
    When,
    Who,
    money_may_move,
)


@dataclass(frozen=True)
class Ways:
    """Which ways out the navigation offers now. Help and language are always there."""

    back: bool
    start_again: bool


def ways(state: State) -> Ways:
    """No way out of a payment under way or of printing; nothing to go back to where nothing has begun."""
    if state.over is not None:
        return Ways(back=True, start_again=not money_may_move(state.at) and not _nobody_began(state.at))
    back = isinstance(state.at, Who | When | Review | PayNow)
    return Ways(back, not money_may_move(state.at) and not _nobody_began(state.at))


def navigate(state: State, event: Navigation) -> Moved:
    """A touch on the bars above and below the page."""
    match event:
        case BackTouched():
            return _back(state)
        case StartAgainTouched():
            return (state, ()) if money_may_move(state.at) else moves.start_again(state)
        case HelpTouched():
            return replace(state, over=Overlay.HELP), ()
        case LanguagesTouched():
            return replace(state, over=Overlay.LANGUAGES), ()
        case OverlayClosed():
            return replace(state, over=None), ()
        case LanguageChosen(language):
            return _language(state, language)
        case _:
            assert_never(event)


def _nobody_began(step: Step) -> bool:
    return isinstance(step, Welcome) or step == OutOfService(Welcome())


def _back(state: State) -> Moved:
    if state.over is not None:
        return replace(state, over=None), ()
    match state.at:
        case Who():
            return moves.start_again(state)
        case When():
            return moves.to(state, Who()), ()
        case Review():
            return moves.to_slots(state)
        case PayNow(quote=quote):
            return moves.back_to_review(state, quote), moves.given_up(state.at)
        case Welcome() | PayWaiting() | Printing() | Take() | ToWindow() | OutOfService():
            return state, ()
        case _:
            assert_never(state.at)


def _language(state: State, language: str) -> Moved:
    """From the welcome screen the visit begins; an open sale is opened anew, so that its tickets speak the language."""
    if language not in state.house.languages:
        return state, ()
    before = state.visit.language
    state = replace(state, visit=replace(state.visit, language=language), over=None)
    match state.at:
        case Welcome():
            return moves.to(state, Who()), ()
        case PayNow(quote=quote) if language != before and state.visit.slot is not None:
            given_up = moves.given_up(state.at)
            state, opened = moves.to_payment(state, quote, state.visit.slot)
            return state, given_up + opened
        case _:
            return state, ()
