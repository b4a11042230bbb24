"""A SyncStore in memory: real in all but durability."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock

from shared.domain.canonical import instant_text
from shared.domain.capacity import Lease, SlotKey
from shared.domain.journal import GENESIS, JournalEvent, event_hash
from shared.domain.sale import SaleEvent
from shared.domain.sale_codec import encode
from shared.security.keys import SigningKey
from shared.sync.ports import Admission, LeaseStanding


class MemoryStore:
    """Leases are open, closed or settled; the journal is written by `record`."""

    def __init__(self, key: SigningKey) -> None:
        self._lock = Lock()
        self._key = key
        self.terminal_id = ""
        self.journal: list[JournalEvent] = []
        self.remarks: dict[int, str] = {}
        self.facts: dict[str, str] = {}
        self._through = 0
        self._standings: dict[bytes, LeaseStanding] = {}
        self.closed: set[bytes] = set()
        self.settled: set[bytes] = set()
        self.admitted: dict[str, Admission] = {}

    def record(self, at: datetime, sale_id: str, *events: SaleEvent) -> None:
        for event in events:
            type, body = encode(event)
            self.append(at, type, {"sale_id": sale_id, **body})

    def append(self, at: datetime, type: str, body: Mapping[str, object]) -> None:
        with self._lock:
            previous = self.journal[-1].hash if self.journal else GENESIS
            seq = len(self.journal) + 1
            row = (self.terminal_id, 1, seq, previous, instant_text(at), type, 1, body)
            digest = event_hash(*row)
            self.journal.append(JournalEvent(*row, digest, self._key.sign(digest)))

    def take(self, slot: SlotKey, count: int) -> list[tuple[Lease, int]]:
        """Takes places out of open leases."""
        taken: list[tuple[Lease, int]] = []
        with self._lock:
            for lease_id, standing in self._standings.items():
                open_ = lease_id not in self.closed and lease_id not in self.settled
                while open_ and standing.lease.slot == slot and standing.used < standing.lease.units:
                    if len(taken) == count:
                        return taken
                    standing = replace(standing, used=standing.used + 1)  # noqa: PLW2901
                    self._standings[lease_id] = standing
                    taken.append((standing.lease, standing.used))
        return taken

    def admit(self, admissions: Sequence[Admission]) -> None:
        for admission in admissions:
            self.admitted.setdefault(admission.ticket_id, admission)

    def forget_use(self, slot: SlotKey) -> None:
        """As a store would after it was restored from an old backup."""
        for lease_id, standing in self._standings.items():
            if standing.lease.slot == slot:
                self._standings[lease_id] = replace(standing, used=0)

    def left(self, slot: SlotKey) -> int:
        return sum(s.lease.units - s.used for s in self.leases() if s.lease.slot == slot)

    def journal_after(self, seq: int, limit: int) -> Sequence[JournalEvent]:
        with self._lock:
            return self.journal[seq : seq + limit]

    def acknowledged(self) -> int:
        return self._through

    def acknowledge(self, through: int, flags: Mapping[int, str]) -> None:
        self._through = through
        self.remarks |= flags

    def add_leases(self, leases: Sequence[Lease], monotonic: float, boot: str) -> None:
        with self._lock:
            for lease in leases:
                self._standings.setdefault(lease.lease_id, LeaseStanding(lease, 0, monotonic, boot))

    def leases(self) -> Sequence[LeaseStanding]:
        with self._lock:
            return [s for lease_id, s in self._standings.items() if lease_id not in self.settled]

    def close_lease(self, lease_id: bytes) -> int:
        with self._lock:
            self.closed.add(lease_id)
            return self._standings[lease_id].used

    def settle_lease(self, lease_id: bytes) -> None:
        self.settled.add(lease_id)

    def put_fact(self, name: str, value: Mapping[str, object]) -> None:
        self.facts[name] = json.dumps(value)

    def fact(self, name: str) -> Mapping[str, object] | None:
        return json.loads(self.facts[name]) if name in self.facts else None
