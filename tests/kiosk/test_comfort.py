"""Larger, clearer, spoken, lower: on every screen, without moving the journey, and gone with the visitor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.journeys.buy import step
from kiosk.journeys.comfort import (
    SIZES,
    Comfort,
    ComfortChange,
    ContrastTouched,
    ElderTouched,
    LargerTouched,
    LowReachTouched,
    VoiceTouched,
)
from kiosk.journeys.events import (
    StartAgainTouched,
)
from kiosk.journeys.states import State, When, fresh
from kiosk.screens.examples import states

CHANGES: tuple[ComfortChange, ...] = (
    LargerTouched(),
    ContrastTouched(),
    VoiceTouched(),
    LowReachTouched(),
    ElderTouched(),
)


def after(state: State, *events: ComfortChange) -> State:
    for event in events:
        state, effects = step(state, event)
        assert effects == ()
    return state


@pytest.mark.parametrize("name", sorted(states("en")))
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_the_step_and_the_basket_stay(name: str, change: ComfortChange) -> None:
    before = states("en")[name]
    now = after(before, change)
    assert now.visit.comfort != before.visit.comfort
    assert replace(now.visit, comfort=before.visit.comfort, touched_at=None) == replace(before.visit, touched_at=None)
    assert type(now.at) is type(before.at)
    if isinstance(now.at, When) and isinstance(before.at, When):
        assert now.at.slots == before.at.slots


def test_the_sizes_go_round() -> None:
    state = states("en")["02-who"]
    sizes = []
    for _ in SIZES:
        state = after(state, LargerTouched())
        sizes.append(state.visit.comfort.size)
    assert sizes == [*SIZES[1:], SIZES[0]]


def test_every_switch_is_its_own_way_back() -> None:
    state = states("en")["02-who"]
    for change in CHANGES[1:]:
        assert after(state, change, change).visit.comfort == Comfort()


def test_the_elder_mode_is_the_largest_type_and_speech() -> None:
    comfort = after(states("en")["02-who"], ElderTouched()).visit.comfort
    assert (comfort.elder, comfort.size, comfort.voice) == (True, SIZES[-1], True)


def test_larger_type_shows_fewer_times_and_never_beyond_the_last() -> None:
    state = states("en")["04-when-gone"]
    at = state.at
    assert isinstance(at, When)
    state = replace(state, at=replace(at, first=len(at.slots or ()) - at.rows))
    for _ in SIZES:
        state = after(state, LargerTouched())
        now = state.at
        assert isinstance(now, When)
        assert len(now.shown) == state.visit.comfort.rows


def test_nothing_of_it_survives_the_visitor() -> None:
    state = after(states("en")["06-review"], *CHANGES)
    again, _ = step(state, StartAgainTouched())
    assert again == fresh(state.house)
