"""The world around a terminal whose time, central and line a test holds in its hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.domain.capacity import Lease, SlotKey
from shared.storage.store import TerminalStore
from shared.sync.ports import LeaseStanding
from shared.sync.trusted_time import TrustedTime
from tests.selling.conftest import START, lease

CAPACITY = 24
_HASTE = 200.0  # so many seconds of waiting pass in one real second
_LEASE_SECONDS = 3600.0


@dataclass
class HeldClock:
    """Time as it is, the wall clock as somebody set it, and a monotonic clock that begins anew with each boot."""

    elapsed: float = 0.0
    wrong_by: float = 0.0
    booted_at: float = 0.0
    boots: int = 1

    @property
    def true_now(self) -> datetime:
        return START + timedelta(seconds=self.elapsed)

    @property
    def boot(self) -> str:
        return f"boot-{self.boots}"

    def now(self) -> datetime:
        return self.true_now + timedelta(seconds=self.wrong_by)

    def monotonic(self) -> float:
        return self.elapsed - self.booted_at

    def pause(self, seconds: float) -> None:
        self.elapsed += seconds
        time.sleep(seconds / _HASTE)

    def reboot(self) -> None:
        self.booted_at = self.elapsed
        self.boots += 1


@dataclass
class Central:
    """Lends the places of one slot, never more than there are."""

    clock: HeldClock
    granted: list[Lease] = field(default_factory=list)

    def grant(self, units: int, seconds: float = _LEASE_SECONDS) -> Lease | None:
        if sum(lent.units for lent in self.granted) + units > CAPACITY:
            return None
        now = self.clock.true_now
        blank = lease(units, f"lease{len(self.granted):03}".encode())
        self.granted.append(replace(blank, granted_at=now, sell_until=now + timedelta(seconds=seconds)))
        return self.granted[-1]


class HeldLine:
    """A line to central that is up or down, with the trusted time that the terminal keeps by itself."""

    def __init__(self, store: TerminalStore, central: Central, up: Callable[[], bool]) -> None:
        self._store = store
        self._central = central
        self._up = up
        self._trusted = TrustedTime(central.clock, central.clock.boot, store)

    def online(self) -> bool:
        return self._up()

    def top_up(self, slot: SlotKey, units: int, seconds: float) -> bool:
        return self.receive(self._central.grant(units)) if self._up() else False

    def may_sell(self, standing: LeaseStanding) -> bool:
        return self._trusted.may_sell(standing)

    def receive(self, granted: Lease | None) -> bool:
        """Takes a lease into the store, as sync does."""
        if granted is None:
            return False
        asked_at = self._central.clock.monotonic()
        self._trusted.learn(granted, asked_at)
        self._store.add_leases([granted], asked_at, self._central.clock.boot)
        return True

    def look_at_the_clock(self) -> None:
        self._trusted.observe()
