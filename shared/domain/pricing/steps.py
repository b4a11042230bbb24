"""Effects by rising thresholds: the highest one that is reached counts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from shared.domain.pricing.adjustment import Adjustment


@dataclass(frozen=True)
class Steps:
    """(threshold, effect) by rising threshold."""

    steps: tuple[tuple[int, Adjustment], ...]

    def at(self, value: int) -> Adjustment | None:
        """The effect of the highest threshold that `value` reaches; None below the first."""
        reached = bisect_right(self._thresholds, value)
        return self.steps[reached - 1][1] if reached else None

    @cached_property
    def _thresholds(self) -> tuple[int, ...]:
        return tuple(threshold for threshold, _ in self.steps)
