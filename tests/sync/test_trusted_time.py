"""Selling time when clocks lie: three days off either way, set back, restarted."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.canonical import parse_instant
from shared.domain.capacity import Lease
from shared.domain.clock import TrustedNow
from shared.security.keys import SigningKey
from shared.sync.ports import LeaseStanding
from shared.sync.trusted_time import DRIFT, MARGIN_S, TrustedTime
from tests.central.world import MORNING, TEN
from tests.sync.memory_store import MemoryStore

HOUR = timedelta(hours=1)
LEASE = Lease(b"12345678", "t", b"1234", TEN, 5, 1, MORNING, MORNING + 8 * HOUR, "p1")
DAYS = [timedelta(days=-3), timedelta(), timedelta(days=3)]


class FakeClock:
    def __init__(self, wall: datetime) -> None:
        self.wall = wall
        self.uptime = 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.uptime

    def pass_(self, time: timedelta) -> None:
        self.wall += time
        self.uptime += time.total_seconds()

    def reboot(self, off_for: timedelta) -> None:
        self.wall += off_for
        self.uptime = 5.0


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(SigningKey.generate())


def received(clock: FakeClock, trusted: TrustedTime, lease: Lease = LEASE) -> LeaseStanding:
    trusted.learn(lease, clock.monotonic())
    return LeaseStanding(lease, 0, clock.monotonic(), trusted.boot)


@pytest.mark.parametrize("off", DAYS)
def test_a_wrong_wall_clock_neither_shortens_nor_lengthens_a_lease(store: MemoryStore, off: timedelta) -> None:
    clock = FakeClock(MORNING + off)
    trusted = TrustedTime(clock, "boot-1", store)
    standing = received(clock, trusted)
    assert trusted.may_sell(standing)
    clock.pass_(8 * HOUR - timedelta(minutes=1))
    assert trusted.may_sell(standing)
    clock.pass_(timedelta(minutes=1))
    assert not trusted.may_sell(standing)


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(days=3)])
def test_setting_the_clock_while_running_changes_nothing_and_is_noticed(store: MemoryStore, jump: timedelta) -> None:
    clock = FakeClock(MORNING)
    trusted = TrustedTime(clock, "boot-1", store)
    standing = received(clock, trusted)
    clock.pass_(HOUR)
    assert trusted.observe() == 0
    before = trusted.remaining(standing)
    clock.wall += jump
    assert trusted.remaining(standing) == before
    assert trusted.observe() == (pytest.approx(3 * 86400) if jump < timedelta() else 0)
    assert trusted.observe() == 0, "told once"


def test_a_slow_quartz_does_not_lengthen_a_lease(store: MemoryStore) -> None:
    clock = FakeClock(MORNING)
    trusted = TrustedTime(clock, "boot-1", store)
    standing = received(clock, trusted)
    life = (8 * HOUR).total_seconds()
    clock.uptime += life / (1 + DRIFT) - MARGIN_S - 0.1
    assert trusted.may_sell(standing)
    clock.uptime += 0.2
    assert not trusted.may_sell(standing)


def test_after_a_restart_a_right_wall_clock_counts(store: MemoryStore) -> None:
    clock = FakeClock(MORNING)
    standing = received(clock, TrustedTime(clock, "boot-1", store))
    clock.reboot(off_for=2 * HOUR)
    trusted = TrustedTime(clock, "boot-2", store)
    assert trusted.remaining(standing) == pytest.approx((6 * HOUR).total_seconds(), abs=10)
    clock.pass_(6 * HOUR)
    assert not trusted.may_sell(standing)


def test_after_a_restart_with_a_clock_behind_the_mark_leases_freeze(store: MemoryStore) -> None:
    clock = FakeClock(MORNING)
    before = TrustedTime(clock, "boot-1", store)
    standing = received(clock, before)
    clock.pass_(5 * HOUR)
    before.observe()
    clock.reboot(off_for=-4 * HOUR)
    trusted = TrustedTime(clock, "boot-2", store)
    assert trusted.remaining(standing) is None
    assert not trusted.may_sell(standing)


@pytest.mark.parametrize("off", [timedelta(days=-3), timedelta(days=3)])
def test_after_a_restart_with_a_clock_days_off_nothing_is_sold_on_it(store: MemoryStore, off: timedelta) -> None:
    clock = FakeClock(MORNING + off)
    standing = received(clock, TrustedTime(clock, "boot-1", store))
    clock.reboot(off_for=HOUR)
    assert not TrustedTime(clock, "boot-2", store).may_sell(standing)


@pytest.mark.parametrize("off", DAYS)
def test_a_fresh_lease_after_a_restart_tells_the_age_of_the_old_ones(store: MemoryStore, off: timedelta) -> None:
    clock = FakeClock(MORNING + off)
    old = received(clock, TrustedTime(clock, "boot-1", store))
    clock.reboot(off_for=2 * HOUR)
    trusted = TrustedTime(clock, "boot-2", store)
    fresh = replace(LEASE, lease_id=b"87654321", granted_at=MORNING + 3 * HOUR, sell_until=MORNING + 9 * HOUR)
    received(clock, trusted, fresh)
    assert trusted.remaining(old) == pytest.approx((5 * HOUR).total_seconds(), abs=10)
    clock.pass_(5 * HOUR)
    assert not trusted.may_sell(old)


def test_the_mark_is_stored_and_never_falls(store: MemoryStore) -> None:
    clock = FakeClock(MORNING)
    trusted = TrustedTime(clock, "boot-1", store)
    trusted.observe()
    clock.wall -= HOUR
    trusted.observe()
    fact = store.fact("clock")
    assert fact is not None
    assert parse_instant(str(fact["high_water"])) == MORNING


def test_an_old_answer_sent_again_is_not_fresh(store: MemoryStore) -> None:
    clock = FakeClock(MORNING)
    trusted = TrustedTime(clock, "boot-1", store)
    assert trusted.is_fresh(LEASE)
    received(clock, trusted)
    clock.pass_(HOUR)
    assert not trusted.is_fresh(LEASE)
    assert trusted.is_fresh(replace(LEASE, granted_at=MORNING + HOUR))


@given(
    st.lists(st.tuples(st.sampled_from(["pass", "set", "reboot", "look"]), st.floats(-300_000, 300_000)), max_size=20)
)
def test_no_history_of_clocks_sells_past_the_end(history: list[tuple[str, float]]) -> None:
    store = MemoryStore(SigningKey.generate())
    clock = FakeClock(MORNING)
    trusted = TrustedTime(clock, "boot-0", store)
    standing = received(clock, trusted)
    real = 0.0
    for number, (what, seconds) in enumerate(history, start=1):
        if what == "pass":
            clock.pass_(timedelta(seconds=abs(seconds)))
            real += abs(seconds)
            trusted.observe()
        elif what == "set" and trusted.boot == standing.received_boot:
            clock.wall += timedelta(seconds=seconds)
        elif what == "reboot" and seconds > 0:
            clock.reboot(off_for=timedelta())
            trusted = TrustedTime(clock, f"boot-{number}", store)
        elif what == "look":
            trusted.observe()
        if trusted.may_sell(standing) and trusted.boot == standing.received_boot:
            assert real < (LEASE.sell_until - LEASE.granted_at).total_seconds()


@pytest.mark.parametrize("off", DAYS)
def test_now_is_centrals_time_with_its_uncertainty(store: MemoryStore, off: timedelta) -> None:
    clock = FakeClock(MORNING + off)
    trusted = TrustedTime(clock, "boot-1", store)
    assert trusted.now() == TrustedNow(clock.now(), math.inf)
    asked_at = clock.monotonic()
    clock.pass_(timedelta(seconds=3))
    trusted.learn(LEASE, asked_at)
    clock.pass_(timedelta(seconds=1000))
    now = trusted.now()
    assert now.at == MORNING + timedelta(seconds=1003)
    assert now.uncertainty_seconds == pytest.approx(3 + 1003 * DRIFT + MARGIN_S)
    assert now.differs_by(clock.now()) == pytest.approx(off, abs=timedelta(seconds=10))
