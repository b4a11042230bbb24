"""What a partner channel can do: hold, confirm, change, refund, each once, never more than there is."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from requests import Response
from sqlalchemy import func, select, text

from central.channels.accounts import pay_in
from central.channels.registry import revoke_key
from central.storage.tables import BookingRow, PostingRow, SlotRow
from shared.domain.capacity import SlotKey
from shared.wire.problem import Problem
from tests.central.partner import Partner, join
from tests.central.world import ELEVEN, SMALL, TEN, RunningCentral, problem


@pytest.fixture
def partner(central: RunningCentral) -> Partner:
    return join(central)


def places(central: RunningCentral, slot: SlotKey) -> tuple[int, int, int]:
    """free, held, booked"""
    row = central.service.database.read(lambda s: s.get_one(SlotRow, ("hill", str(slot))))
    assert row.sold + row.outstanding + row.free == row.capacity - row.buffer
    return row.free, row.held, row.booked


def balanced(central: RunningCentral) -> bool:
    sums = select(func.sum(PostingRow.amount_minor)).group_by(PostingRow.entry_id)
    return not any(central.service.database.read(lambda s: list(s.scalars(sums))))


def test_a_booking_from_hold_to_code(partner: Partner) -> None:
    held = partner.hold(TEN, 3)
    assert held.status_code == 201
    booking = held.json()
    assert (booking["state"], booking["total_minor"], booking["code"]) == ("held", 16200, ""), "the channel's own price"
    assert places(partner.central, TEN) == (37, 3, 0)
    confirmed = partner.confirm(booking["booking_id"], name="Li", telephone="+86 138 0013 8000").json()
    assert (confirmed["state"], len(confirmed["code"])) == ("confirmed", 12)
    assert places(partner.central, TEN) == (37, 0, 3)
    assert partner.get(f"/bookings/{booking['booking_id']}").json() == confirmed
    assert partner.get("/bookings", reference=booking["reference"]).json() == confirmed
    rows = partner.central.service.database.read(
        lambda s: s.execute(text("SELECT contact FROM booking")).scalars().all()
    )
    assert b"138" not in bytes(rows[0]), "sealed at rest"


def test_availability_is_what_can_be_held(partner: Partner) -> None:
    partner.hold(SMALL, 4)
    slots = partner.get("/availability", product="tower", day="2026-11-23").json()["slots"]
    assert [(slot["slot"], slot["free"]) for slot in slots] == [(str(SMALL), 6)]
    assert partner.get("/availability", product="tower", day="2026-12-24").json()["slots"] == []


def test_more_than_there_is_is_refused_and_nothing_is_held(partner: Partner) -> None:
    assert problem(partner.hold(SMALL, 11)) == Problem.FULL.number
    assert problem(partner.hold(TEN, 51)) == Problem.INVALID.number
    assert problem(partner.hold(SlotKey("entry", TEN.start + timedelta(minutes=7)), 1)) == Problem.UNKNOWN_SLOT.number
    assert places(partner.central, SMALL) == (10, 0, 0)


def test_a_hold_runs_out_and_its_places_come_back(partner: Partner) -> None:
    booking_id = partner.hold(TEN, 3).json()["booking_id"]
    partner.central.clock.shift += timedelta(minutes=16)
    assert problem(partner.confirm(booking_id)) == Problem.HOLD_EXPIRED.number
    partner.central.service.expire_holds(partner.central.clock.now())
    assert partner.get(f"/bookings/{booking_id}").json()["state"] == "expired"
    assert places(partner.central, TEN) == (40, 0, 0)
    assert problem(partner.confirm(booking_id)) == Problem.HOLD_EXPIRED.number


def test_a_hold_is_released_once(partner: Partner) -> None:
    booking_id = partner.hold(TEN, 3).json()["booking_id"]
    for _ in range(2):
        assert partner.post(f"/bookings/{booking_id}/release").json()["state"] == "released"
    assert places(partner.central, TEN) == (40, 0, 0)
    assert problem(partner.confirm(booking_id)) == Problem.WRONG_STATE.number


def test_a_refund_follows_the_terms_and_is_posted(partner: Partner) -> None:
    booking = partner.booked(TEN, 2)
    back = partner.post(f"/bookings/{booking['booking_id']}/refund").json()
    assert (back["state"], back["refunded_minor"]) == ("refunded", 10800)
    assert places(partner.central, TEN) == (40, 0, 0)
    assert problem(partner.post(f"/bookings/{booking['booking_id']}/refund")) == Problem.WRONG_STATE.number
    late = partner.booked(TEN, 2)
    partner.central.clock.shift += timedelta(hours=1, minutes=5)
    assert problem(partner.post(f"/bookings/{late['booking_id']}/refund")) == Problem.NOT_REFUNDABLE.number
    lines = partner.get("/statement", begin="2026-11-23", end="2026-11-24").json()
    assert [line["amount_minor"] for line in lines["lines"]] == [-10800, 10800, -10800]
    assert lines["balance_minor"] == -10800
    assert balanced(partner.central)


def test_a_change_moves_the_places_and_posts_the_difference(partner: Partner) -> None:
    booking = partner.booked(TEN, 2)
    changed = partner.post(f"/bookings/{booking['booking_id']}/change", {"slot": str(ELEVEN)}).json()
    assert (changed["slot"], changed["total_minor"]) == (str(ELEVEN), 11700)
    assert (places(partner.central, TEN), places(partner.central, ELEVEN)) == ((40, 0, 0), (38, 0, 2))
    back = partner.post(f"/bookings/{booking['booking_id']}/change", {"slot": str(TEN)}).json()
    assert back["total_minor"] == 10800
    assert balanced(partner.central)
    assert partner.get("/statement", begin="2026-11-23", end="2026-11-24").json()["balance_minor"] == -10800
    other = partner.post(f"/bookings/{booking['booking_id']}/change", {"slot": str(SMALL)})
    assert problem(other) == Problem.WRONG_STATE.number


def test_the_same_key_gets_the_same_answer_and_another_request_is_refused(partner: Partner) -> None:
    first = partner.hold(TEN, 2, "order-1", key="key-0001")
    again = partner.hold(TEN, 2, "order-1", key="key-0001")
    assert first.json() == again.json()
    assert places(partner.central, TEN) == (38, 2, 0)
    assert problem(partner.hold(TEN, 3, "order-1", key="key-0001")) == Problem.KEY_REUSED.number
    assert problem(partner.hold(TEN, 2, "order-1")) == Problem.REFERENCE_USED.number
    assert problem(partner.hold(TEN, 2, key="")) == Problem.KEY_NEEDED.number
    assert places(partner.central, TEN) == (38, 2, 0)


def test_a_key_whose_request_was_refused_is_still_free(partner: Partner) -> None:
    assert problem(partner.hold(SMALL, 11, key="key-0002")) == Problem.FULL.number
    assert partner.hold(SMALL, 10, key="key-0002").status_code == 201


def test_a_request_repeated_at_the_same_moment_has_one_effect(partner: Partner) -> None:
    gate = threading.Barrier(8)

    def ask(_: int) -> Response:
        gate.wait(5)
        return partner.hold(TEN, 2, "order-1", key="key-0003")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["booking_id"] for answer in answers}) == 1
    assert places(partner.central, TEN) == (38, 2, 0)


def test_many_channels_at_once_sell_a_slot_exactly_out(partner: Partner) -> None:
    def buy(number: int) -> int:
        answer = partner.hold(SMALL, 1 + number % 3)
        if answer.status_code == 201:
            confirmed = partner.confirm(answer.json()["booking_id"])
            assert confirmed.status_code == 200, confirmed.text
            return 1 + number % 3
        assert problem(answer) == Problem.FULL.number
        return 0

    with ThreadPoolExecutor(12) as pool:
        sold = sum(pool.map(buy, range(24)))
    assert places(partner.central, SMALL) == (10 - sold, 0, sold)
    assert sold >= 8
    owed = partner.central.service.database.read(
        lambda s: s.scalar(select(func.sum(BookingRow.total_minor)).where(BookingRow.state == "confirmed"))
    )
    assert owed == sold * 5400
    assert balanced(partner.central)


def test_a_deposit_and_a_credit_line_are_limits(central: RunningCentral) -> None:
    service = central.service
    agency = join(central, channel_id="agency", account="deposit")
    booking_id = agency.hold(TEN, 2).json()["booking_id"]
    assert problem(agency.confirm(booking_id)) == Problem.NO_MONEY.number
    assert places(central, TEN) == (38, 2, 0), "the hold stays for who pays in"
    now = service.clock.now()
    service.database.write(lambda s: pay_in(s, "hill", "channel:agency", 12000, "T1", "ann", now))
    assert agency.confirm(booking_id).status_code == 200
    assert problem(agency.confirm(agency.hold(TEN, 1).json()["booking_id"])) == Problem.NO_MONEY.number
    credit = join(central, channel_id="credit", account="credit", limit_minor=6000)
    assert credit.booked(TEN, 1)["state"] == "confirmed"
    assert problem(credit.confirm(credit.hold(TEN, 1).json()["booking_id"])) == Problem.NO_MONEY.number
    assert agency.get("/statement", begin="2026-11-23", end="2026-11-24").json()["balance_minor"] == 0
    assert balanced(central)


def test_a_channel_sees_its_own_bookings_only(central: RunningCentral, partner: Partner) -> None:
    other = join(central, channel_id="other")
    booking = partner.booked()
    for answer in (
        other.get(f"/bookings/{booking['booking_id']}"),
        other.get("/bookings", reference=booking["reference"]),
        other.post(f"/bookings/{booking['booking_id']}/refund"),
        other.confirm(booking["booking_id"]),
    ):
        assert problem(answer) == Problem.UNKNOWN_BOOKING.number


def test_keys_scopes_and_rates(central: RunningCentral, partner: Partner) -> None:
    for key in ("", "smk_0_0", "x", partner.key[:-1] + "0z", "smk_" + "a" * 200, "ключ"):
        answer = Partner(central, key.encode("utf-8").decode("latin-1")).get(
            "/availability", product="x", day="2026-11-23"
        )
        assert problem(answer) == Problem.KEY_REFUSED.number
    looker = join(central, channel_id="looker", scopes=("availability",), per_second=1, burst=2)
    assert looker.get("/availability", product="entry", day="2026-11-23").status_code == 200
    assert problem(looker.hold()) == Problem.OUT_OF_SCOPE.number
    refused: Any = looker.get("/availability", product="entry", day="2026-11-23")
    assert problem(refused) == Problem.TOO_MANY.number
    assert int(refused.headers["Retry-After"]) == 1


def test_a_revoked_key_is_refused(central: RunningCentral, partner: Partner) -> None:
    now = central.clock.now()
    central.service.database.write(lambda s: revoke_key(s, "hill", partner.key.split("_")[1], "ann", now))
    assert problem(partner.hold()) == Problem.KEY_REFUSED.number


@pytest.mark.parametrize(
    "party",
    [
        [],
        [{"category": "adult", "count": 0}],
        [{"category": "adult", "count": -3}],
        [{"category": "adult", "count": 1_000_000}],
        [{"category": "adult", "count": 2**70}],
        [{"category": "adult", "count": 1.5}],
        [{"category": "adult", "count": "2"}],
        [{"category": "'; DROP TABLE booking; --", "count": 1}],
        [{"category": "<script>alert(1)</script>", "count": 1}],
        [{"category": "adult", "count": 1}] * 11,
    ],
)
def test_a_hostile_party_is_a_problem_and_nothing_is_held(central: RunningCentral, party: object) -> None:
    partner = join(central)
    answer = partner.post("/holds", {"slot": str(TEN), "party": party, "reference": "r"})
    assert problem(answer) == Problem.INVALID.number
    assert places(central, TEN) == (40, 0, 0)


@pytest.mark.parametrize("name", ["<script>", "a\x00b", "\ud800", "x" * 65, "'; DROP TABLE slot; --\n"])
def test_a_hostile_name_is_refused(central: RunningCentral, name: str) -> None:
    partner = join(central)
    booking_id = partner.hold().json()["booking_id"]
    assert problem(partner.post(f"/bookings/{booking_id}/confirmation", {"contact": {"name": name}})) == 1004


def test_a_category_that_is_not_sold_has_no_price(partner: Partner) -> None:
    wanted = {"slot": str(TEN), "party": [{"category": "nobody", "count": 1}], "reference": "r"}
    assert problem(partner.post("/holds", wanted)) == Problem.NO_PRICE.number
