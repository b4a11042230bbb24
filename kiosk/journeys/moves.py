"""The moves between steps, each with what it asks of the outside."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journeys.effects import AskQuote, AskSlots, CancelSale, Effect, OpenSale
from kiosk.journeys.pay_states import PayNow
from kiosk.journeys.states import (
    Review,
    State,
    Step,
    When,
    fresh,
)
from shared.domain.capacity import SlotKey
from shared.domain.pricing import Quote

Moved = tuple[State, tuple[Effect, ...]]


def to(state: State, step: Step) -> State:
    """The same visit at another step, with no overlay and the idle clock anew."""
    return replace(state, at=step, over=None, visit=replace(state.visit, touched_at=None))


def asking(state: State) -> tuple[State, int]:
    """The state with a new question's number, and that number."""
    number = state.house.asked + 1
    return replace(state, house=replace(state.house, asked=number)), number


def to_slots(state: State, *, gone: bool = False) -> Moved:
    """The choice of time, its places asked for anew."""
    return to(state, When(gone=gone, rows=state.visit.comfort.rows)), (AskSlots(state.visit.day),)


def to_review(state: State, slot: SlotKey) -> Moved:
    """The price, asked for anew."""
    state, number = asking(replace(state, visit=replace(state.visit, slot=slot)))
    return to(state, Review(number)), (AskQuote(number, party(state), slot),)


def to_payment(state: State, quote: Quote, slot: SlotKey) -> Moved:
    """Holds the places: a sale is opened under a new number."""
    state, number = asking(state)
    opened = OpenSale(number, quote, slot, tickets(state), state.visit.language)
    return to(state, PayNow(number, quote)), (opened,)


def back_to_review(state: State, quote: Quote) -> State:
    """The price that was already agreed to, with no question open."""
    return to(state, Review(state.house.asked, quote))


def given_up(step: Step) -> tuple[Effect, ...]:
    """What leaving a step owes the outside: an unpaid sale is cancelled."""
    match step:
        case PayNow(sale_id=str(sale_id)):
            return (CancelSale(sale_id),)
        case _:
            return ()


def start_again(state: State) -> Moved:
    """A newly built state; an unpaid sale is cancelled."""
    return fresh(state.house), given_up(state.at)


def party(state: State) -> tuple[tuple[str, int], ...]:
    """Category ids with their numbers, those that nobody is of left out."""
    pairs = zip(state.house.categories, state.visit.party, strict=True)
    return tuple((category.category_id, count) for category, count in pairs if count)


def tickets(state: State) -> tuple[str, ...]:
    """One category id per visitor."""
    return tuple(name for name, count in party(state) for _ in range(count))
