"""Wrong PINs: a few are a slip, more lock the person out, each time for longer (OWASP ASVS 4.0, 2.2.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

TRIES = 5
FIRST_LOCK = timedelta(minutes=5)
LONGEST_LOCK = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Tries:
    """`wrong` in a row since the last lock; `locks` in a row since the last success."""

    wrong: int = 0
    locks: int = 0
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether not even the right PIN is taken now."""
        return self.locked_until is not None and now < self.locked_until

    @property
    def left(self) -> int:
        """How many tries there are before the next lock."""
        return TRIES - self.wrong

    def failed(self, now: datetime) -> Tries:
        """After a wrong PIN. A try while locked changes nothing, so that nobody can be kept out for ever."""
        if self.is_locked(now):
            return self
        if self.wrong + 1 < TRIES:
            return replace(self, wrong=self.wrong + 1, locked_until=None)
        lock = min(FIRST_LOCK * 2**self.locks, LONGEST_LOCK)
        return Tries(0, self.locks + 1, now + lock)
