"""When to ask central next: a steady beat, and a random, growing pause while it does not answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Beat:
    """Seconds: between two looks, the longest pause while offline, the wait for an answer, between two heart-beats."""

    interval: float = 1.0
    longest_pause: float = 2.0
    answer: float = 1.5
    pulse: float = 60.0


class Pace:
    """`random` gives numbers from 0 to 1."""

    def __init__(self, beat: Beat, random: Callable[[], float]) -> None:
        self._beat = beat
        self._random = random
        self._failures = 0

    def after_success(self) -> float:
        """Seconds until the next look."""
        self._failures = 0
        return self._beat.interval

    def after_failure(self) -> float:
        """Full jitter: anywhere between nothing and a bound that doubles, so that terminals do not return as one."""
        self._failures += 1
        bound: float = self._beat.interval * 2 ** min(self._failures, _MOST_DOUBLINGS)
        return self._random() * min(self._beat.longest_pause, bound)
