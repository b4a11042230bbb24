"""What happens around the visitor: places, line, printer, scanner."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from drivers.contracts.printer import PrinterReady
from kiosk.journeys import moves
from kiosk.journeys.choosing import first_useful
from kiosk.journeys.effects import AskSlots
from kiosk.journeys.events import (
    CashOwed,
    HealthChanged,
    LineChanged,
    PlacesChanged,
    PrinterChanged,
    ScannerChanged,
    Surroundings,
    WayChanged,
)
from kiosk.journeys.moves import Moved
from kiosk.journeys.pay_states import Owed, PayNow, Way
from kiosk.journeys.states import (
    House,
    OutOfService,
    Review,
    State,
    Welcome,
    When,
    Who,
)


def changed(state: State, event: Surroundings) -> Moved:
    """The machine learned something by itself: no touch of the visitor."""
    match event:
        case PlacesChanged():
            return _places(state, event), ()
        case LineChanged(online):
            asks = (AskSlots(state.visit.day),) if isinstance(state.at, When) else ()
            return replace(state, house=replace(state.house, online=online)), asks
        case PrinterChanged(status):
            return serving(replace(state, house=replace(state.house, printer_ready=isinstance(status, PrinterReady))))
        case ScannerChanged(working):
            return serving(replace(state, house=replace(state.house, scanner_ready=working)))
        case WayChanged():
            return serving(replace(state, house=replace(state.house, ways=_ways(state.house, event))))
        case CashOwed(owed):
            return _owed(state, owed), ()
        case HealthChanged(fault):
            return serving(replace(state, house=replace(state.house, fault=fault)))
        case _:
            assert_never(event)


def _owed(state: State, owed: Owed) -> State:
    """Nobody stands there after a restart: the slip is for whoever comes back."""
    if state.at in (Welcome(), OutOfService(Welcome())):
        return state
    return replace(state, visit=replace(state.visit, owed=owed))


def _ways(house: House, event: WayChanged) -> tuple[Way, ...]:
    return tuple(
        replace(way, works=event.works, exact_only=event.exact_only) if way.method == event.method else way
        for way in house.ways
    )


def serving(state: State) -> Moved:
    """Into and out of "cannot serve now", as the devices allow. A payment under way is not touched."""
    match state.at:
        case OutOfService(resume) if state.house.can_serve:
            return moves.to(state, resume), ()
        case (Welcome() | Who() | When() | Review()) as step if not state.house.can_serve:
            return moves.to(state, OutOfService(step)), ()
        case PayNow(quote=quote) if not state.house.can_serve:
            review = Review(state.house.asked, quote)
            return moves.to(state, OutOfService(review)), moves.given_up(state.at)
        case _:
            return state, ()


def _places(state: State, event: PlacesChanged) -> State:
    if not isinstance(state.at, When) or event.day != state.visit.day:
        return state
    known = replace(state.at, slots=event.slots)
    return replace(state, at=known if state.at.slots is not None else replace(known, first=first_useful(known)))
