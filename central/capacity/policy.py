"""How large a lease is when a terminal asks for a share, and how long it lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ShareSize:
    """For slots of at most `capacity_up_to` places, a share is at most `units`."""

    capacity_up_to: int
    units: int


@dataclass(frozen=True, slots=True)
class LeasePolicy:
    """The first size that fits the slot counts, `largest` when none does; never more than free / `divisor`."""

    lifetime: timedelta
    sizes: tuple[ShareSize, ...]
    largest: int
    divisor: int

    def share(self, capacity: int, free: int) -> int:
        """Units of a share; 1 while anything is free, 0 when nothing is."""
        if free < 1:
            return 0
        target = next((size.units for size in self.sizes if capacity <= size.capacity_up_to), self.largest)
        return max(1, min(target, free // self.divisor))
