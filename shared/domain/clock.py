"""Time as it is passed in: nothing in the domain reads a clock by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Two readings of time. `now` may be corrected or wrong; `monotonic` only ever runs forward."""

    def now(self) -> datetime:
        """The wall clock, timezone-aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary start, never running backward within one process."""
        ...
