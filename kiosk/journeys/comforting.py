"""Larger, clearer, spoken, lower: touched on any screen, and the step stays where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.journeys.comfort import (
    Comfort,
    ComfortChange,
    ContrastTouched,
    ElderTouched,
    LargerTouched,
    LowReachTouched,
    VoiceTouched,
)
from kiosk.journeys.states import State, When


def changed(state: State, event: ComfortChange) -> State:
    """The same step, seen otherwise. A list of times keeps its first one."""
    comfort = _next(state.visit.comfort, event)
    state = replace(state, visit=replace(state.visit, comfort=comfort))
    if isinstance(state.at, When):
        state = replace(state, at=_with_rows(state.at, comfort.rows))
    return state


def _next(comfort: Comfort, event: ComfortChange) -> Comfort:
    match event:
        case LargerTouched():
            return comfort.larger()
        case ContrastTouched():
            return replace(comfort, contrast=not comfort.contrast)
        case VoiceTouched():
            return replace(comfort, voice=not comfort.voice)
        case LowReachTouched():
            return replace(comfort, low_reach=not comfort.low_reach)
        case ElderTouched():
            return comfort.turned_elder()
        case _:
            assert_never(event)


def _with_rows(at: When, rows: int) -> When:
    last = max(0, len(at.slots or ()) - rows)
    return replace(at, rows=rows, first=min(at.first, last))
