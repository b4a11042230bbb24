"""The leases a terminal keeps: asked for ahead, verified, renewed, given back (design: sync.md, Leases)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from shared.domain.capacity import Lease, SlotKey
from shared.domain.clock import Clock
from shared.errors import Fault
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.download import places_in
from shared.sync.enrolment import Enrolment
from shared.sync.holdings import Holdings, LeaseHabits
from shared.sync.ports import SyncStore
from shared.sync.settlement import Settler
from shared.sync.trusted_time import TrustedTime
from shared.wire.lease import MAX_LEASE_UNITS, MAX_WANTS, LeaseAnswer, LeaseDocument, LeaseRequest, LeaseWish

log = structlog.get_logger()


class LeaseKeeper:
    """Works on the sync thread."""

    def __init__(
        self,
        client: CentralClient,
        store: SyncStore,
        trusted: TrustedTime,
        clock: Clock,
        who: Enrolment,
        key_id: bytes,
        habits: LeaseHabits,
    ) -> None:
        self._client = client
        self._store = store
        self._trusted = trusted
        self._clock = clock
        self._who = who
        self._key_id = key_id
        self._habits = habits
        self._settler = Settler(client, store)

    def keep(self, central_now: datetime) -> Answer[bool]:
        """Gives back what is over, and asks for the coming slots; Ok(True) when new leases arrived."""
        holdings = self._holdings(central_now)
        settled = self._settler.settle(holdings.over())
        if isinstance(settled, Unreachable):
            return settled
        wants = [LeaseWish(slot=str(slot)) for slot in holdings.lacking()[:MAX_WANTS]]
        return self._ask(wants) if wants else Ok(False)

    def top_up(self, slot: SlotKey, units: int, central_now: datetime) -> bool:
        """Asks for `units` more places of a slot; whether at least so many can be sold now."""
        self._ask([LeaseWish(slot=str(slot), units=min(units, MAX_LEASE_UNITS))])
        return self._holdings(central_now).left(slot) >= units

    def give_back_all(self) -> Answer[int]:
        """Ends every lease, for closing the terminal; returns how many were settled."""
        return self._settler.settle(self._store.leases())

    def _holdings(self, central_now: datetime) -> Holdings:
        closing = self._settler.closing()
        return Holdings(
            standings=[s for s in self._store.leases() if s.lease.lease_id not in closing],
            places=places_in(self._store.fact("places")),
            central_now=central_now,
            habits=self._habits,
            remaining=self._trusted.remaining,
        )

    def _ask(self, wants: Sequence[LeaseWish]) -> Answer[bool]:
        holding = [standing.lease.lease_id.hex() for standing in self._store.leases()]
        body = LeaseRequest(wants=list(wants), holding=holding).model_dump_json().encode()
        asked_at = self._clock.monotonic()
        answer = self._client.post("/v1/leases", body, LeaseAnswer, Patience(answer=5.0))
        match answer:
            case Ok(granted):
                return Ok(self.take(granted.leases, asked_at))
            case Refused() | Unreachable():
                return answer

    def take(self, documents: Sequence[LeaseDocument], asked_at: float) -> bool:
        """Stores the leases that are ours, asked for at `asked_at` (monotonic); whether there were any."""
        leases = [lease for lease in (document.to_domain() for document in documents) if self._is_ours(lease)]
        if not leases:
            return False
        self._trusted.learn(max(leases, key=lambda lease: lease.granted_at), asked_at)
        # Anchored where the request left, not where the answer came: the lease ends rather too early.
        self._store.add_leases(leases, asked_at, self._trusted.boot)
        return True

    def _is_ours(self, lease: Lease) -> bool:
        """Signed by central, for this terminal in its epoch, just now. Anything else is dropped and logged."""
        meant = (self._who.terminal_id, self._key_id, self._who.epoch)
        if (lease.terminal_id, lease.terminal_key_id, lease.epoch) != meant:
            log.error("lease_not_ours", number=Fault.LEASE_NOT_GENUINE.number, lease=lease.lease_id.hex())
            return False
        if not self._who.central.verifies(lease.signature, lease.signed_bytes()) or not self._trusted.is_fresh(lease):
            log.error("lease_not_genuine", number=Fault.LEASE_NOT_GENUINE.number, lease=lease.lease_id.hex())
            return False
        return True
