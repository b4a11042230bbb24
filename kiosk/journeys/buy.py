"""The journey of buying: language, who, when, price, pay, take. One function, by kind of event."""

from __future__ import annotations

from typing import assert_never

from kiosk.journeys import choosing, comforting, idle, navigation, paying, surroundings
from kiosk.journeys.comfort import (
    ComfortChange,
    ContrastTouched,
    ElderTouched,
    LargerTouched,
    LowReachTouched,
    VoiceTouched,
)
from kiosk.journeys.effects import Effect
from kiosk.journeys.events import (
    BackTouched,
    CashOwed,
    Choice,
    CodeShown,
    Counted,
    DayMoved,
    Event,
    Finished,
    HealthChanged,
    HelpTouched,
    LanguageChosen,
    LanguagesTouched,
    LineChanged,
    Navigation,
    OtherWayWanted,
    OverlayClosed,
    OwedNoted,
    PartyChangeWanted,
    PartyConfirmed,
    PayTouch,
    PayWanted,
    PlacesChanged,
    PrinterChanged,
    QuoteReady,
    SaleAnswered,
    ScannerChanged,
    SlotChangeWanted,
    SlotChosen,
    SlotsMoved,
    StartAgainTouched,
    Ticked,
    WayChanged,
    WayChosen,
)
from kiosk.journeys.states import State, touched


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """The next state and what is to be done. An event that means nothing here leaves the state as it is."""
    match event:
        case Ticked():
            return idle.tick(state, event)
        case QuoteReady():
            return choosing.quoted(state, event), ()
        case SaleAnswered():
            return paying.answered(state, event)
        case PlacesChanged() | LineChanged() | PrinterChanged() | ScannerChanged():
            return surroundings.changed(state, event)
        case WayChanged() | HealthChanged() | CashOwed():
            return surroundings.changed(state, event)
        case _:
            return _by_the_visitor(touched(state), event)


def _by_the_visitor(
    state: State, event: Choice | Navigation | ComfortChange | PayTouch | CodeShown
) -> tuple[State, tuple[Effect, ...]]:
    match event:
        case CodeShown():
            return paying.code_shown(state, event)
        case WayChosen() | OtherWayWanted():
            return paying.way_touched(state, event)
        case LargerTouched() | ContrastTouched() | VoiceTouched() | LowReachTouched() | ElderTouched():
            return comforting.changed(state, event), ()
        case LanguageChosen() | BackTouched() | StartAgainTouched() | HelpTouched():
            return navigation.navigate(state, event)
        case LanguagesTouched() | OverlayClosed():
            return navigation.navigate(state, event)
        case Counted() | PartyConfirmed() | DayMoved() | SlotsMoved() | SlotChosen():
            return choosing.choose(state, event)
        case PartyChangeWanted() | SlotChangeWanted() | PayWanted() | OwedNoted() | Finished():
            return choosing.choose(state, event)
        case _:
            assert_never(event)
