"""I1 under any order of granting, selling and settling: what was sold and may be sold never passes the capacity."""

from __future__ import annotations

import secrets
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from sqlalchemy import func, select

from central.capacity.leases import settle
from central.fleet.terminals import Terminal
from central.refusal import RefusalError
from central.service import Central, open_central
from central.storage.tables import LeaseRow, SlotRow, TerminalRow
from central.storage.tables.capacity import OUTSTANDING
from shared.domain.capacity import Lease
from shared.security.keys import SigningKey
from shared.wire.lease import LeaseWish
from tests.central.small_area import small_area
from tests.central.world import MORNING, SMALL, SetClock, settings_in

KEY = SigningKey.from_seed(bytes(32))
CAPACITY = 10


class CapacityMachine(RuleBasedStateMachine):
    leases = Bundle("leases")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.central = self._open()
        self.used: dict[bytes, int] = {}
        self.closed: dict[bytes, int] = {}
        self.granted: dict[bytes, Lease] = {}

    def _open(self) -> Central:
        settings_ = settings_in(Path(self.folder.name), divisor=2)
        return open_central(settings_, small_area(), SetClock(), KEY, secrets.token_bytes)

    def teardown(self) -> None:
        self.central.database.close()
        self.folder.cleanup()

    @initialize()
    def enrol(self) -> None:
        row = TerminalRow(
            site_id="hill", terminal_id="t", name="t", public_key=KEY.public.raw, key_id=KEY.public.key_id.hex(),
            epoch=1, state="active", state_reason="", enrolled_at=MORNING,
        )  # fmt: skip
        self.central.database.write(lambda s: s.add(row))
        self.terminal = Terminal("t", KEY.public, 1, quarantined=False)

    @rule(target=leases, units=st.none() | st.integers(1, 15))
    def grant(self, units: int | None) -> object:
        wish = LeaseWish(slot=str(SMALL), units=units)
        got = self.central.database.write(lambda s: self.central.grantor.grant(s, self.terminal, wish, MORNING))
        if not isinstance(got, Lease):
            return multiple()
        assert units is None or got.units <= units
        self.granted[got.lease_id] = got
        self.used[got.lease_id] = 0
        return got

    @rule(lease=leases)
    def sell(self, lease: Lease) -> None:
        if lease.lease_id not in self.closed and self.used[lease.lease_id] < lease.units:
            self.used[lease.lease_id] += 1

    @rule(lease=consumes(leases))
    def settle(self, lease: Lease) -> None:
        used = self.used[lease.lease_id]
        assert self._settle(lease, used) == lease.units - used
        self.closed[lease.lease_id] = used
        assert self._settle(lease, used) == lease.units - used, "the same again changes nothing"

    @rule(lease=leases, used=st.integers(11, 99))
    def settle_too_much(self, lease: Lease, used: int) -> None:
        with pytest.raises(RefusalError):
            self._settle(lease, used)

    @rule(hours=st.integers(0, 30))
    def time_passes(self, hours: int) -> None:
        self.central.open_slots(MORNING + timedelta(hours=hours))

    def _settle(self, lease: Lease, used: int) -> int:
        return self.central.database.write(lambda s: settle(s, "hill", self.terminal, lease.lease_id, used, MORNING))

    @invariant()
    def nothing_is_oversold(self) -> None:
        row = self.central.database.read(lambda s: s.get_one(SlotRow, ("hill", str(SMALL))))
        open_units = self.central.database.read(
            lambda s: s.scalar(select(func.sum(LeaseRow.units)).where(LeaseRow.state == OUTSTANDING)) or 0
        )
        assert row.sold + row.outstanding + row.free == CAPACITY
        assert row.outstanding == open_units
        assert row.sold == sum(self.closed.values())
        sellable = sum(lease.units for i, lease in self.granted.items() if i not in self.closed)
        assert row.sold + sellable <= CAPACITY
        assert sum(self.used.values()) <= CAPACITY


TestCapacity = CapacityMachine.TestCase
TestCapacity.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
