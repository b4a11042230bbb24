"""How large a lease is when a terminal asks for a share, how long it lives, and what becomes of one in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ShareSize:
    """For slots of at most `capacity_up_to` places, a share is at most `units`."""

    capacity_up_to: int
    units: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What a terminal sold of a product within a span of time."""

    tickets: int
    over: timedelta


@dataclass(frozen=True, slots=True)
class LeasePolicy:
    """The first size that fits the slot counts, `largest` when none does; never more than free / `divisor`.

    A terminal whose demand is known gets what it would sell in `offline_for` at that rate, between a quarter of that
    size and `largest`. `recent`: how far back demand is looked for.
    """

    lifetime: timedelta
    sizes: tuple[ShareSize, ...]
    largest: int
    divisor: int
    offline_for: timedelta = timedelta(hours=2)
    recent: timedelta = timedelta(hours=2)

    def share(self, capacity: int, free: int, demand: Demand | None = None) -> int:
        """Units of a share; 1 while anything is free, 0 when nothing is."""
        if free < 1:
            return 0
        usual = next((size.units for size in self.sizes if capacity <= size.capacity_up_to), self.largest)
        return max(1, min(self._wanted(usual, demand), free // self.divisor))

    def _wanted(self, usual: int, demand: Demand | None) -> int:
        if demand is None:
            return usual
        expected = -(-demand.tickets * int(self.offline_for.total_seconds()) // int(demand.over.total_seconds()))
        return min(max(expected, usual // 4), max(usual, self.largest))


@dataclass(frozen=True, slots=True)
class ReclaimPolicy:
    """STRICT is a `bound` of 0: only a settlement frees a place.

    BOUNDED: of each slot at most `bound` units come back from terminals that are silent `patience` after their lease
    ran out. Each is a place that may be sold twice.
    """

    bound: int
    patience: timedelta
