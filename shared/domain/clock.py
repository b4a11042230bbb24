"""Time as it is passed in: nothing in the domain reads a clock by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Two readings of time. `now` may be corrected or wrong; `monotonic` only ever runs forward."""

    def now(self) -> datetime:
        """The wall clock, timezone-aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary start, never running backward within one process."""
        ...


@dataclass(frozen=True, slots=True)
class TrustedNow:
    """The time as far as it can be vouched for: `at` (UTC), right to within `uncertainty_seconds` either way.

    Infinite where nobody vouches for the clock: `at` is then what the machine believes.
    """

    at: datetime
    uncertainty_seconds: float

    def differs_by(self, wall: datetime) -> timedelta:
        """How far the machine's wall clock (UTC) is certainly off, ahead when positive; zero when it may be right."""
        off = (wall - self.at).total_seconds()
        beyond = max(abs(off) - self.uncertainty_seconds, 0.0)
        return timedelta(seconds=beyond if off > 0 else -beyond)
