"""Places of silent terminals: nothing by time alone, no more than the bound, and late tickets honoured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from central.audit.chain import first_broken
from central.capacity.policy import Demand, LeasePolicy, ReclaimPolicy, ShareSize
from central.capacity.reclaim import reclaim_overdue
from central.storage.tables import AuditRow, SlotRow
from shared.domain.capacity import SlotKey
from shared.wire.problem import Problem
from tests.central.world import MORNING, SMALL, TEN, RunningCentral, Terminal, problem, serve

LATE = MORNING + timedelta(hours=1, minutes=30)  # within both slots, after a lease of half an hour


@pytest.fixture
def short(tmp_path: Path, database_place: str) -> Iterator[RunningCentral]:
    """Central whose leases live half an hour."""
    with serve(tmp_path, database=database_place, lifetime_hours=0.5) as running:
        yield running


def slot(central: RunningCentral, key: SlotKey) -> SlotRow:
    row = central.service.database.read(lambda s: s.get_one(SlotRow, ("hill", str(key))))
    assert row.sold + row.outstanding + row.free == row.capacity - row.buffer
    return row


def reclaim(central: RunningCentral, bound: int) -> int:
    policy = ReclaimPolicy(bound, timedelta(minutes=15))
    return central.service.database.write(lambda s: reclaim_overdue(s, "hill", policy, LATE))


def test_strict_never_takes_a_place_back(short: RunningCentral) -> None:
    Terminal(short).enrol().lease(SMALL, 5)
    assert reclaim(short, 0) == 0
    assert slot(short, SMALL).outstanding == 5


def test_bounded_takes_back_at_most_the_bound_and_says_so(short: RunningCentral) -> None:
    for _ in range(4):
        Terminal(short).enrol().lease(TEN, 4)
    assert reclaim(short, 10) == 8
    assert reclaim(short, 10) == 0
    row = slot(short, TEN)
    assert (row.reclaimed, row.outstanding, row.free) == (8, 8, 32)
    entries = short.service.database.read(lambda s: [r.action for r in s.scalars(select(AuditRow))])
    assert entries == ["lease_reclaimed"] * 2
    assert short.service.database.read(lambda s: first_broken(s, "hill")) is None


def test_a_lease_that_still_runs_is_left_alone(short: RunningCentral) -> None:
    short.clock.shift += timedelta(hours=1)
    Terminal(short).enrol().lease(SMALL, 5)
    assert reclaim(short, 10) == 0


def test_late_tickets_are_honoured_from_free_places_first(short: RunningCentral) -> None:
    silent, other = Terminal(short).enrol(), Terminal(short).enrol()
    lease = silent.lease(SMALL, 4)
    silent.push(*silent.sell("s1", lease, 1))
    assert reclaim(short, 5) == 3
    other.lease(SMALL, 8)  # of the ten: one sold, eight here, one free
    remarks = [r["remark"] for r in silent.push(*silent.sell("s2", lease, 2, 3)).json()["results"] if r["remark"]]
    assert remarks == ["late_after_reclaim", "oversold_after_reclaim"]
    row = slot(short, SMALL)
    assert (row.sold, row.free, row.oversold) == (2, 0, 1)
    assert silent.settle(lease, 3).json()["returned"] == 1
    assert slot(short, SMALL).oversold == 1
    assert problem(silent.settle(lease, 2)) == Problem.WRONG_SETTLEMENT.number


def test_a_late_settlement_without_tickets_is_charged_too(short: RunningCentral) -> None:
    silent = Terminal(short).enrol()
    lease = silent.lease(SMALL, 4)
    reclaim(short, 5)
    assert silent.settle(lease, 2).json()["returned"] == 2
    row = slot(short, SMALL)
    assert (row.sold, row.free, row.oversold) == (2, 8, 0)


@pytest.mark.parametrize(
    ("tickets", "units"),
    [(0, 7), (2, 7), (12, 24), (60, 60)],
    ids=["idle", "slow", "as it sells", "at most the largest"],
)
def test_the_share_follows_what_the_terminal_sold(tickets: int, units: int) -> None:
    policy = LeasePolicy(timedelta(hours=8), (ShareSize(500, 30),), largest=60, divisor=4)
    assert policy.share(300, 300, Demand(tickets, timedelta(hours=1))) == units
    assert policy.share(300, 8, Demand(tickets, timedelta(hours=1))) == 2, "never more than its part of what is free"


def test_the_next_share_is_what_sells_in_two_hours(central: RunningCentral) -> None:
    terminal = Terminal(central).enrol()
    lease = terminal.lease(TEN, 3)
    terminal.push(*terminal.sell("s1", lease, 1, 2))
    central.clock.shift += timedelta(minutes=60)
    shares = terminal.call("POST", "/v1/leases", {"wants": [{"slot": str(TEN)}], "holding": [lease.lease_id.hex()]})
    assert [granted["units"] for granted in shares.json()["leases"]] == [4]


def test_a_dead_epochs_leases_wait_for_a_person_or_the_end_of_the_slot(central: RunningCentral) -> None:
    window, restored = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    small, ten = restored.lease(SMALL, 4), restored.lease(TEN, 5)
    restored.push(*restored.sell("s1", small, 1))
    restored.epoch += 1
    restored.enrol()
    assert restored.epoch == 2
    found = window.call("GET", "/v1/stranded-leases").json()["leases"]
    assert [(lease["units"], lease["known"]) for lease in found] == [(5, 0), (4, 1)]
    path = f"/v1/stranded-leases/{small.lease_id.hex()}/settlement"
    assert problem(window.call("POST", path, {"used": 0, "author": "ann"})) == Problem.WRONG_SETTLEMENT.number
    assert window.call("POST", path, {"used": 2, "author": "ann"}).json()["returned"] == 2
    assert problem(window.call("POST", path, {"used": 2, "author": "ann"})) == Problem.UNKNOWN_LEASE.number
    assert (slot(central, SMALL).sold, slot(central, SMALL).free) == (2, 8)
    central.clock.shift += timedelta(days=1)
    central.service.keep_house(central.clock.now())
    assert window.call("GET", "/v1/stranded-leases").json()["leases"] == []
    assert (slot(central, TEN).sold, slot(central, TEN).outstanding) == (0, 0)
    assert problem(restored.settle(ten, 5)) == Problem.WRONG_SETTLEMENT.number


def test_only_a_window_sells_from_the_reserve(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    path = f"/v1/slots/{SMALL}/reserve"
    assert problem(kiosk.call("PUT", path, {"places": 4, "author": "x"})) == Problem.NOT_A_WINDOW.number
    assert window.call("PUT", path, {"places": 4, "author": "ann"}).json()["free"] == 6
    assert problem(window.call("PUT", path, {"places": 11, "author": "ann"})) == Problem.FULL.number
    assert kiosk.lease(SMALL, 9).units == 6
    wants = {"wants": [{"slot": str(SMALL), "units": 3}], "holding": []}
    assert [lease["units"] for lease in window.call("POST", "/v1/leases", wants).json()["leases"]] == [3]
    assert (slot(central, SMALL).buffer, slot(central, SMALL).free) == (1, 0)


def test_a_new_slot_keeps_its_reserve(tmp_path: Path) -> None:
    with serve(tmp_path) as central:
        settings = central.service.settings.reserve.model_copy(update={"share_bp": 1000, "products": {"tower": 5000}})
        assert (settings.of("entry", 45), settings.of("tower", 45)) == (4, 22)
