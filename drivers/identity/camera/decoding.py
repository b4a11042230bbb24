"""From chances along a line to its text: the likeliest one that has exactly as many characters as the format asks.

Connectionist temporal classification, best path, by dynamic programming over (place, characters so far, last class).
A plain best path drops or doubles characters in long runs of fillers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from drivers.identity.camera.recogniser import Chances
from drivers.identity.mrz.alphabet import CHARACTERS

_CLASSES = len(CHARACTERS)
_STAY, _FROM_NOTHING = -2, -1
_NEVER = -1e9
_LEAST = 1e-6

Table = NDArray[np.float64]
Trace = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LineReading:
    """`shares` has a row a character: how likely each of the 37 is there, together 1."""

    text: str = field(repr=False)
    shares: NDArray[np.float64] = field(repr=False, compare=False)


def read_line(chances: Chances, length: int) -> LineReading | None:
    """The text of `length` characters; None when the line is too short for so many."""
    if len(chances) < length:
        return None
    logs = np.log(chances.astype(np.float64) + _LEAST)
    nothing = np.full(length + 1, _NEVER)
    nothing[0] = 0.0
    last = np.full((length + 1, _CLASSES), _NEVER)
    traces = []
    for row in logs:
        nothing, last, trace = _step(nothing, last, row)
        traces.append(trace)
    end = int(last[length].argmax()) if last[length].max() > nothing[length] else _FROM_NOTHING
    return _traced(chances, traces, length, end)


def _step(nothing: Table, last: Table, row: Table) -> tuple[Table, Table, tuple[Trace, Trace]]:
    """One place further: tables of the best sums, and where each came from."""
    best, second = _two_best(last)
    rows = np.arange(len(last))
    into_nothing = np.where(nothing >= last[rows, best], _FROM_NOTHING, best)
    after_nothing = np.maximum(nothing, last[rows, best]) + row[_CLASSES]
    other = np.where(best[:, None] == np.arange(_CLASSES)[None, :], second[:, None], best[:, None])
    begun = np.full_like(last, _NEVER)
    begun[1:] = np.take_along_axis(last, other, axis=1)[:-1]
    origin = np.zeros(last.shape, np.int64)
    origin[1:] = other[:-1]
    from_nothing = np.concatenate(([_NEVER], nothing[:-1]))[:, None]
    origin = np.where(from_nothing > begun, _FROM_NOTHING, origin)
    begun = np.maximum(from_nothing, begun)
    trace = np.where(begun > last, origin, _STAY)
    return after_nothing, np.maximum(begun, last) + row[:_CLASSES], (into_nothing, trace)


def _two_best(last: Table) -> tuple[Trace, Trace]:
    order = np.argpartition(last, _CLASSES - 2, axis=1)
    return order[:, -1], order[:, -2]


def _traced(chances: Chances, traces: list[tuple[Trace, Trace]], length: int, end: int) -> LineReading | None:
    """Walks back along the best path; a character is as clear as at its clearest place."""
    shares = np.zeros((length, _CLASSES))
    classes = np.zeros(length, np.int64)
    count, state = length, end
    for place in range(len(traces) - 1, -1, -1):
        into_nothing, trace = traces[place]
        if state == _FROM_NOTHING:
            state = int(into_nothing[count])
            continue
        classes[count - 1] = state
        row = chances[place, :_CLASSES].astype(np.float64) + _LEAST
        if row[state] > shares[count - 1, state]:
            shares[count - 1] = row
        origin = int(trace[count, state])
        if origin != _STAY:
            count, state = count - 1, origin
    if count:
        return None
    text = "".join(CHARACTERS[number] for number in classes)
    return LineReading(text, shares / shares.sum(axis=1, keepdims=True))
