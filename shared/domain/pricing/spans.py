"""Spans of days that can be asked which of them hold on a day: a centred interval tree, built once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Spans(Generic[_T]):
    """Values with a first and a last day each. Building costs n log n, asking the values found plus log n."""

    def __init__(self, spans: Sequence[tuple[date, date, _T]]) -> None:
        ends = sorted(day for first, last, _ in spans for day in (first, last))
        self._centre = ends[len(ends) // 2]
        here = [span for span in spans if span[0] <= self._centre <= span[1]]
        self._by_first = sorted(here, key=lambda span: span[0])
        self._by_last = sorted(here, key=lambda span: span[1], reverse=True)
        before = [span for span in spans if span[1] < self._centre]
        after = [span for span in spans if span[0] > self._centre]
        self._before = Spans(before) if before else None
        self._after = Spans(after) if after else None

    def at(self, day: date) -> Iterator[_T]:
        """The values whose span contains `day`."""
        yield from self._crossing(day)
        deeper = self._before if day < self._centre else self._after
        if deeper is not None:
            yield from deeper.at(day)

    def _crossing(self, day: date) -> Iterator[_T]:
        if day <= self._centre:
            for first, _, value in self._by_first:
                if first > day:
                    return
                yield value
        else:
            for _, last, value in self._by_last:
                if last < day:
                    return
                yield value
