"""What the terminal holds at one moment, and what should be done about it: pure decisions over a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.canonical import parse_instant
from shared.domain.capacity import SlotKey
from shared.sync.download import Places
from shared.sync.ports import LeaseStanding


@dataclass(frozen=True, slots=True)
class LeaseHabits:
    """Slots that begin within `horizon` are held ahead. A lease of another slot is given back after `idle`."""

    horizon: timedelta = timedelta(hours=24)
    idle: timedelta = timedelta(minutes=30)


@dataclass(frozen=True)
class Holdings:
    """`standings`: leases not being closed. `remaining`: seconds of trusted selling time, None when in doubt."""

    standings: Sequence[LeaseStanding]
    places: Places
    central_now: datetime
    habits: LeaseHabits
    remaining: Callable[[LeaseStanding], float | None]

    def lacking(self) -> list[SlotKey]:
        """Coming slots with free places of which too little is held for being alone, the next one first."""
        last = self.central_now + self.habits.horizon
        coming = (SlotKey.parse(text) for text, entry in self.places.items() if entry["free"])
        return sorted((s for s in coming if s.start <= last and not self._is_covered(s)), key=lambda s: s.start)

    def over(self) -> list[LeaseStanding]:
        """Leases of no more use: run out, replaced by a newer one, or of a far slot and left idle."""
        return [s for s in self.standings if self._is_over(s)]

    def left(self, slot: SlotKey) -> int:
        """Places of a slot that may be sold now."""
        return sum(map(_left, self._usable(slot)))

    def _usable(self, slot: SlotKey) -> list[LeaseStanding]:
        open_to_all = (s for s in self.standings if s.lease.slot == slot and not s.lease.booking_id)
        return [s for s in open_to_all if (self.remaining(s) or 0) > 0]

    def _is_covered(self, slot: SlotKey) -> bool:
        """Whether more than a third of a lease's units is left, in leases that need no renewal; or the slot is over."""
        if parse_instant(str(self.places[str(slot)]["end"])) <= self.central_now:
            return True
        held = [s for s in self._usable(slot) if not self._is_due(s)]
        return sum(map(_left, held)) > max((s.lease.units for s in held), default=0) // 3

    def _is_due(self, standing: LeaseStanding) -> bool:
        """Whether the last third of its life has begun and a newer lease would live longer."""
        lease = standing.lease
        entry = self.places.get(str(lease.slot))
        if entry is None or lease.sell_until >= parse_instant(str(entry["end"])):
            return False
        return (self.remaining(standing) or 0) < _life(standing) / 3

    def _is_over(self, standing: LeaseStanding) -> bool:
        remaining = self.remaining(standing)
        if remaining is None:
            return False
        if remaining <= 0 or self._is_replaced(standing):
            return True
        if standing.lease.booking_id:
            return False
        is_far = standing.lease.slot.start > self.central_now + self.habits.horizon
        return is_far and _life(standing) - remaining > self.habits.idle.total_seconds()

    def _is_replaced(self, standing: LeaseStanding) -> bool:
        end = standing.lease.sell_until
        newer = (s for s in self._usable(standing.lease.slot) if s.lease.sell_until > end)
        return self._is_due(standing) and any(_left(s) > 0 for s in newer)


def _left(standing: LeaseStanding) -> int:
    return standing.lease.units - standing.used


def _life(standing: LeaseStanding) -> float:
    return (standing.lease.sell_until - standing.lease.granted_at).total_seconds()
