"""How long a lease may still be sold from, whatever the wall clock says (design: sync.md, Clock).

The authority is central's time at the grant plus locally elapsed monotonic time. In another boot than that of the
receipt the elapsed time follows from a lease received in this boot, whose time of grant central signed; without one,
from the wall clock, which counts only if it is past the highest time ever seen.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from threading import Lock

from shared.domain.canonical import instant_text, parse_instant
from shared.domain.capacity import Lease
from shared.domain.clock import Clock, TrustedNow
from shared.sync.ports import LeaseStanding, SyncStore

DRIFT = 500e-6  # how much faster or slower a quartz may run, as a part
MARGIN_S = 2.0  # rounding and answers on their way
_BACKWARD_S = 2.0  # a smaller step back is a correction, not an alarm
_STALE_S = 60.0  # how far central's own clock may be set back between two grants
_STORE_EVERY = timedelta(seconds=10)
_FACT = "clock"


class TrustedTime:
    """`boot` names the span in which `clock.monotonic()` runs on: a new one after every restart of the machine."""

    def __init__(self, clock: Clock, boot: str, store: SyncStore) -> None:
        self._clock = clock
        self.boot = boot
        self._store = store
        self._lock = Lock()
        self._anchor: tuple[datetime, float] | None = None  # a grant signed by central, and when it was asked for
        self._travel = 0.0  # seconds from asking for that grant to having it
        self._high_water = _stored(store)
        self._stored = self._high_water
        self._last_look = clock.now(), clock.monotonic()

    def may_sell(self, standing: LeaseStanding) -> bool:
        """Whether the lease has certainly not run out."""
        remaining = self.remaining(standing)
        return remaining is not None and remaining > 0

    def remaining(self, standing: LeaseStanding) -> float | None:
        """Seconds left for selling, on the safe side; 0 or less when it is over, None when the time is in doubt."""
        elapsed = self._elapsed(standing)
        if elapsed is None or elapsed < 0:
            return None
        lease = standing.lease
        return (lease.sell_until - lease.granted_at).total_seconds() - elapsed * (1 + DRIFT) - MARGIN_S

    def _elapsed(self, standing: LeaseStanding) -> float | None:
        """Seconds since the grant."""
        if standing.received_boot == self.boot:
            return self._clock.monotonic() - standing.received_monotonic
        with self._lock:
            anchor, high_water = self._anchor, self._high_water
        if anchor is not None:
            return (self._since(anchor) - standing.lease.granted_at).total_seconds()
        now = self._clock.now()
        if high_water is None or now < high_water:
            return None
        return (now - standing.lease.granted_at).total_seconds()

    def now(self) -> TrustedNow:
        """Central's time, from its last grant of this boot; without one the wall clock, which nobody vouches for."""
        with self._lock:
            anchor, travel = self._anchor, self._travel
        if anchor is None:
            return TrustedNow(self._clock.now(), math.inf)
        granted_at, asked_at = anchor
        elapsed = self._clock.monotonic() - asked_at
        return TrustedNow(granted_at + timedelta(seconds=elapsed), travel + elapsed * DRIFT + MARGIN_S)

    def _since(self, anchor: tuple[datetime, float]) -> datetime:
        """Central's time now, rather too late than too early."""
        granted_at, monotonic = anchor
        return granted_at + timedelta(seconds=(self._clock.monotonic() - monotonic) * (1 + DRIFT))

    def is_fresh(self, lease: Lease) -> bool:
        """Whether a lease that just arrived was signed just now, and is not an old answer sent again."""
        with self._lock:
            anchor = self._anchor
        if anchor is None:
            return True
        granted_at, monotonic = anchor
        slowest = (self._clock.monotonic() - monotonic) * (1 - DRIFT)
        return lease.granted_at > granted_at + timedelta(seconds=slowest - _STALE_S)

    def learn(self, lease: Lease, asked_at: float) -> None:
        """A fresh lease, verified, that was asked for at `asked_at` (monotonic): its time is central's."""
        with self._lock:
            if self._anchor is None or lease.granted_at > self._anchor[0]:
                self._anchor = lease.granted_at, asked_at
                self._travel = self._clock.monotonic() - asked_at
        self._raise_mark(lease.granted_at, at_once=True)

    def observe(self) -> float:
        """To be called often: keeps the high-water mark; returns by how many seconds the wall clock went back, or 0."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        last_wall, last_monotonic = self._last_look
        self._last_look = wall, monotonic
        back = (monotonic - last_monotonic) - (wall - last_wall).total_seconds()
        with self._lock:
            anchor = self._anchor
        self._raise_mark(wall if anchor is None else self._since(anchor), at_once=False)
        return back if back > _BACKWARD_S else 0.0

    def _raise_mark(self, to: datetime, *, at_once: bool) -> None:
        with self._lock:
            if self._high_water is None or to > self._high_water:
                self._high_water = to
            mark = self._high_water
        if self._stored is None or mark - self._stored >= _STORE_EVERY or (at_once and mark > self._stored):
            self._store.put_fact(_FACT, {"high_water": instant_text(mark)})
            self._stored = mark


def _stored(store: SyncStore) -> datetime | None:
    fact = store.fact(_FACT)
    return parse_instant(str(fact["high_water"])) if fact else None
