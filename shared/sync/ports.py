"""What sync needs of the terminal's store, and what selling needs of sync."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from shared.domain.capacity import Lease, SlotKey
from shared.domain.journal import JournalEvent
from shared.wire.fleet import TerminalCommand, TerminalCondition


@dataclass(frozen=True, slots=True)
class LeaseStanding:
    """A lease the terminal holds, how many of its units are taken, and the monotonic-clock anchor of its receipt.

    `received_monotonic` is of the process (boot) named by `received_boot`; in another one it means nothing.
    """

    lease: Lease
    used: int
    received_monotonic: float
    received_boot: str


@dataclass(frozen=True, slots=True)
class Admission:
    """A ticket (32 hex digits) opened a gate at a time (UTC), as central told."""

    ticket_id: str
    at: datetime
    gate: str


class SyncStore(Protocol):
    """The durable side of sync. Every call is one transaction and may be made from the sync thread."""

    def journal_after(self, seq: int, limit: int) -> Sequence[JournalEvent]:
        """Events of the current epoch with a number above `seq`, in order, at most `limit`."""
        ...

    def acknowledged(self) -> int:
        """The number through which central has acknowledged the current epoch; 0 at the start."""
        ...

    def acknowledge(self, through: int, flags: Mapping[int, str]) -> None:
        """Central has everything up to `through`; `flags` holds its remarks on single events."""
        ...

    def add_leases(self, leases: Sequence[Lease], monotonic: float, boot: str) -> None:
        """Stores verified leases; one already known (same lease id) is passed over."""
        ...

    def leases(self) -> Sequence[LeaseStanding]:
        """All leases not yet settled."""
        ...

    def close_lease(self, lease_id: bytes) -> int:
        """Ends a lease: nothing more is sold from it. Returns the units used: what is reported to central."""
        ...

    def settle_lease(self, lease_id: bytes) -> None:
        """Central has taken the closed lease's settlement."""
        ...

    def admit(self, admissions: Sequence[Admission]) -> None:
        """Remembers which tickets opened a gate; one already known is passed over."""
        ...

    def put_fact(self, name: str, value: Mapping[str, object]) -> None:
        """Stores a small JSON document under a name (feed cursor, catalogue, places left, key ring)."""
        ...

    def fact(self, name: str) -> Mapping[str, object] | None: ...


class Line(Protocol):
    """What selling asks of sync."""

    def online(self) -> bool:
        """Whether central answered lately (within three heart-beats)."""
        ...

    def top_up(self, slot: SlotKey, units: int, seconds: float) -> bool:
        """Asks central for a lease of at least `units` places; True when the store now has it. Never raises."""
        ...

    def may_sell(self, standing: LeaseStanding) -> bool:
        """Whether, by trusted time, the lease has not run out and the clock is not in doubt."""
        ...


Carried = Callable[[Literal["done", "refused"], str], None]
"""Told once, from any thread: what became of a command, and a remark for the supervisor."""


class FleetMember(Protocol):
    """The terminal as central sees and commands it. Called on the sync thread: both return at once."""

    def condition(self) -> TerminalCondition:
        """How the terminal is now, from what is known of it; no device is asked."""
        ...

    def obey(self, command: TerminalCommand, carried: Carried) -> None:
        """Hands a command on to be carried out elsewhere. Each command comes once at most."""
        ...
