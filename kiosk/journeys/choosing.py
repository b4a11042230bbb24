"""Who, when, and the price: the steps before any money."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.journeys import moves
from kiosk.journeys.events import (
    Choice,
    Counted,
    DayMoved,
    Finished,
    OwedNoted,
    PartyChangeWanted,
    PartyConfirmed,
    PayWanted,
    QuoteReady,
    SlotChangeWanted,
    SlotChosen,
    SlotsMoved,
)
from kiosk.journeys.moves import Moved
from kiosk.journeys.states import Review, State, Take, ToWindow, When, Who, enough
from shared.domain.capacity import SlotKey
from shared.selling.availability import SlotState


def choose(state: State, event: Choice) -> Moved:
    """A touch on the page itself; one that does not belong to this step changes nothing."""
    match event, state.at:
        case Counted(), Who():
            return _counted(state, event), ()
        case PartyConfirmed(), Who() if state.visit.visitors:
            return moves.to_slots(state)
        case DayMoved(by), When():
            return _day_moved(state, by)
        case SlotsMoved(by), When():
            return _slots_moved(state, state.at, by), ()
        case SlotChosen(slot), When():
            return _slot_chosen(state, state.at, slot)
        case _:
            return _agree(state, event)


def _agree(state: State, event: Choice) -> Moved:
    match event, state.at:
        case PartyChangeWanted(), Review():
            return moves.to(state, Who()), ()
        case SlotChangeWanted(), Review():
            return moves.to_slots(state)
        case PayWanted(), Review(quote=quote) if quote is not None and state.visit.slot is not None:
            return moves.to_payment(state, quote, state.visit.slot)
        case OwedNoted(), _:
            return replace(state, visit=replace(state.visit, owed=None)), ()
        case Finished(), Take() | ToWindow():
            return moves.start_again(state)
        case _:
            return state, ()


def quoted(state: State, event: QuoteReady) -> State:
    """The price came; an answer to an earlier question is dropped."""
    match state.at:
        case Review(number=number, quote=None) if number == event.number:
            return replace(state, at=Review(number, event.quote))
        case _:
            return state


def first_useful(slots: When) -> int:
    """Where the list begins: at the first slot that is not past, without an unfilled page at the end."""
    every = slots.slots or ()
    ahead = next((i for i, slot in enumerate(every) if slot.state is not SlotState.PAST), len(every))
    return max(0, min(ahead, len(every) - slots.rows))


def _counted(state: State, event: Counted) -> State:
    ids = [category.category_id for category in state.house.categories]
    if event.category_id not in ids:
        return state
    party = list(state.visit.party)
    party[ids.index(event.category_id)] += event.by
    if min(party) < 0 or sum(party) > state.house.most_visitors:
        return state
    return replace(state, visit=replace(state.visit, party=tuple(party)))


def _day_moved(state: State, by: int) -> Moved:
    day = min(max(state.visit.day + timedelta(days=by), state.house.today), state.house.last_day)
    if day == state.visit.day:
        return state, ()
    return moves.to_slots(replace(state, visit=replace(state.visit, day=day)))


def _slots_moved(state: State, at: When, by: int) -> State:
    last = max(0, len(at.slots or ()) - at.rows)
    return replace(state, at=replace(at, first=min(max(at.first + by * at.rows, 0), last)))


def _slot_chosen(state: State, at: When, slot: SlotKey) -> Moved:
    for view in at.slots or ():
        if view.key == slot and enough(view, state.visit.visitors):
            return moves.to_review(state, slot)
    return state, ()
