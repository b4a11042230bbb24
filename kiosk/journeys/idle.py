"""When nobody seems to be there: a calm question, never a countdown, never while money or paper moves."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.journeys import moves
from kiosk.journeys.events import Ticked
from kiosk.journeys.moves import Moved
from kiosk.journeys.pay_states import PayNow, PayWaiting
from kiosk.journeys.states import (
    OutOfService,
    Printing,
    Review,
    State,
    StillThere,
    Take,
    ToWindow,
    Welcome,
    When,
    Who,
    fresh,
)

# WCAG 2.2.1 and the accessibility reference, criterion 12.
IDLE_QUESTION_SECONDS = 60.0
IDLE_ANSWER_SECONDS = 20.0
CLAIM_QUESTION_SECONDS = 180.0  # a code that has to be written down takes its time
TAKE_SECONDS = 60.0


def tick(state: State, event: Ticked) -> Moved:
    """Time passed. The date moves on while nobody is there."""
    state = _new_day(state, event)
    if isinstance(state.over, StillThere):
        over = event.monotonic - state.over.asked_at >= IDLE_ANSWER_SECONDS
        return moves.start_again(state) if over else (state, ())
    patience = _patience(state)
    if patience is None:
        return state, ()
    if state.visit.touched_at is None:
        return replace(state, visit=replace(state.visit, touched_at=event.monotonic)), ()
    if event.monotonic - state.visit.touched_at < patience:
        return state, ()
    if isinstance(state.at, Take):
        return moves.start_again(state)
    return replace(state, over=StillThere(event.monotonic)), ()


def _patience(state: State) -> float | None:
    """How many untouched seconds a step is left alone; None: for ever."""
    match state.at:
        case PayNow() | PayWaiting() | Printing():
            return None
        case Welcome():
            return IDLE_QUESTION_SECONDS if state.over is not None else None
        case OutOfService(resume):
            return None if isinstance(resume, Welcome) and state.over is None else IDLE_QUESTION_SECONDS
        case ToWindow(claim_printed=printed):
            return IDLE_QUESTION_SECONDS if printed else CLAIM_QUESTION_SECONDS
        case Take():
            return TAKE_SECONDS
        case Who() | When() | Review():
            return IDLE_QUESTION_SECONDS
        case _:
            assert_never(state.at)


def _new_day(state: State, event: Ticked) -> State:
    if event.today == state.house.today or state.at not in (Welcome(), OutOfService(Welcome())):
        return state
    return fresh(replace(state.house, today=event.today))
