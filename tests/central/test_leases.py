from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from central.capacity.policy import LeasePolicy, ShareSize
from central.storage.tables import SlotRow
from shared.domain.capacity import SlotKey
from shared.wire.lease import LeaseDocument
from shared.wire.problem import Problem
from tests.central.world import ELEVEN, MORNING, SMALL, TEN, RunningCentral, Terminal, problem, serve


def row(central: RunningCentral, slot: SlotKey) -> SlotRow:
    return central.service.database.read(lambda s: s.get_one(SlotRow, (central.service.site_id, str(slot))))


def counts(central: RunningCentral, slot: SlotKey) -> tuple[int, int, int]:
    """sold, outstanding, free"""
    found = row(central, slot)
    assert found.sold + found.outstanding + found.free == found.capacity - found.buffer
    return found.sold, found.outstanding, found.free


def test_a_lease_is_signed_by_central_for_this_terminal(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 3)
    assert terminal.central.key.public.verifies(lease.signature, lease.signed_bytes())
    assert (lease.terminal_id, lease.terminal_key_id) == (terminal.terminal_id, terminal.key.public.key_id)
    assert (lease.units, lease.slot, lease.epoch, lease.price_version) == (3, TEN, 1, "p1")


def test_a_lease_ends_with_its_slot_at_the_latest(terminal: Terminal) -> None:
    assert terminal.lease(TEN, 1).sell_until == TEN.start + timedelta(hours=1)


def test_a_share_is_a_part_of_what_is_free_and_never_nothing(terminal: Terminal) -> None:
    shares = [terminal.lease(SMALL).units for _ in range(8)]
    assert shares == [2, 2, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("capacity", "free", "units"), [(50, 50, 10), (50, 7, 1), (50, 0, 0), (200, 200, 30), (900, 900, 60)]
)
def test_the_share_follows_the_size_of_the_slot(capacity: int, free: int, units: int) -> None:
    sizes = (ShareSize(50, 10), ShareSize(500, 30))
    assert LeasePolicy(timedelta(hours=8), sizes, largest=60, divisor=4).share(capacity, free) == units


def test_a_top_up_gets_what_is_left_and_then_nothing(terminal: Terminal) -> None:
    assert terminal.lease(SMALL, 7).units == 7
    assert terminal.lease(SMALL, 7).units == 3
    wants = [{"slot": str(SMALL), "units": 1}, {"slot": "entry@2020-01-01T00:00Z"}]
    denied = terminal.call("POST", "/v1/leases", {"wants": wants, "holding": _held(terminal)}).json()["denied"]
    assert {d["slot"]: d["reason"] for d in denied} == {str(SMALL): "full", "entry@2020-01-01T00:00Z": "unknown_slot"}


def test_nothing_is_leased_of_a_slot_that_is_over(terminal: Terminal) -> None:
    terminal.central.clock.shift += timedelta(hours=3)
    answer = terminal.call("POST", "/v1/leases", {"wants": [{"slot": str(TEN)}], "holding": []})
    assert answer.json()["denied"] == [{"slot": str(TEN), "reason": "past"}]


def test_an_answer_lost_on_the_way_costs_no_places(terminal: Terminal) -> None:
    wants = {"wants": [{"slot": str(TEN), "units": 5}], "holding": []}
    first = terminal.call("POST", "/v1/leases", wants).json()["leases"]
    terminal.central.clock.shift += timedelta(minutes=1)
    again = terminal.call("POST", "/v1/leases", wants).json()["leases"]

    assert [lease["lease_id"] for lease in again] == [lease["lease_id"] for lease in first]
    assert again[0]["sell_until"] == first[0]["sell_until"]
    assert again[0]["granted_at"] > first[0]["granted_at"], "a copy bears the time of its own sending"
    copy = LeaseDocument.model_validate(again[0]).to_domain()
    assert terminal.central.key.public.verifies(copy.signature, copy.signed_bytes())
    assert counts(terminal.central, TEN) == (0, 5, 35)


def test_a_settlement_returns_what_was_not_used_once(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 5)
    first, second = terminal.settle(lease, 2), terminal.settle(lease, 2)
    assert first.json() == second.json() == {"lease_id": lease.lease_id.hex(), "used": 2, "returned": 3}
    assert counts(terminal.central, TEN) == (2, 0, 38)


def test_settlements_that_cannot_be_true_are_refused(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 5)
    assert problem(terminal.settle(lease, 6)) == Problem.WRONG_SETTLEMENT.number
    terminal.push(*terminal.sell("s1", lease, 1, 2))
    assert problem(terminal.settle(lease, 1)) == Problem.WRONG_SETTLEMENT.number
    assert terminal.settle(lease, 2).status_code == 200
    assert problem(terminal.settle(lease, 3)) == Problem.WRONG_SETTLEMENT.number
    other = Terminal(terminal.central).enrol()
    assert problem(other.settle(terminal.lease(TEN, 1), 0)) == Problem.UNKNOWN_LEASE.number
    assert counts(terminal.central, TEN) == (2, 1, 37)


def test_time_alone_returns_nothing(terminal: Terminal) -> None:
    lease = terminal.lease(ELEVEN, 5)
    terminal.central.clock.shift += timedelta(days=2)
    assert counts(terminal.central, ELEVEN) == (0, 5, 35)
    assert terminal.settle(lease, 1).status_code == 200, "a late settlement is taken"
    assert counts(terminal.central, ELEVEN) == (1, 0, 39)


@pytest.mark.parametrize("change", [{"free": -1}, {"free": 41}, {"sold": 1}, {"outstanding": 1}])
def test_the_database_itself_refuses_to_break_the_sum(central: RunningCentral, change: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        central.service.database.write(lambda s: s.execute(update(SlotRow).values(**change)))


def test_twenty_terminals_at_once_get_no_place_twice(tmp_path: Path) -> None:
    with serve(tmp_path, divisor=1, largest=3, sizes=[]) as central:
        terminals = [Terminal(central).enrol() for _ in range(20)]
        wants = {"wants": [{"slot": str(TEN), "units": None}], "holding": []}
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda terminal: terminal.call("POST", "/v1/leases", wants).json(), terminals))
        granted = [lease["units"] for answer in answers for lease in answer["leases"]]
        assert sum(granted) == 40
        assert counts(central, TEN) == (0, 40, 0)
        assert [d["reason"] for answer in answers for d in answer["denied"]] == ["full"] * (20 - len(granted))


def test_a_smaller_capacity_is_followed_as_far_as_places_are_free(tmp_path: Path) -> None:
    with serve(tmp_path) as central:
        Terminal(central).enrol().lease(TEN, 30)
        central.service.database.write(
            lambda s: s.execute(text("UPDATE slot SET capacity = 60, free = 30 WHERE slot = :slot"), {"slot": str(TEN)})
        )
        central.service.database.write(
            lambda s: s.execute(text("UPDATE slot SET capacity = 90, free = 90 WHERE slot = :s"), {"s": str(ELEVEN)})
        )
        Terminal(central).enrol().lease(ELEVEN, 60)
        central.service.open_slots(MORNING)
        assert counts(central, TEN) == (0, 30, 10)
        assert counts(central, ELEVEN) == (0, 60, 30), "what is leased stays: the capacity is not reduced"


def _held(terminal: Terminal) -> list[str]:
    answer = terminal.call("POST", "/v1/leases", {"wants": [], "holding": []})
    return [lease["lease_id"] for lease in answer.json()["leases"]]


def test_a_lease_id_is_not_guessable(terminal: Terminal) -> None:
    answer = terminal.call("POST", f"/v1/leases/{secrets.token_hex(8)}/settlement", {"used": 0})
    assert problem(answer) == Problem.UNKNOWN_LEASE.number
