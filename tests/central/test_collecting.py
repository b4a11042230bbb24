"""A booking is collected once: by one terminal, with or without a line, on its own places."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from requests import Response
from sqlalchemy import func, select

from central.storage.tables import LeaseUnitRow, NoticeRow, PostingRow, SlotRow
from shared.domain.capacity import Lease
from shared.domain.money import Money
from shared.domain.sale import Prepaid, SaleClosed, SaleOpened
from shared.wire.lease import LeaseDocument
from shared.wire.problem import Problem
from tests.central.partner import Partner, join
from tests.central.world import CNY, TEN, RunningCentral, Terminal, problem, ticket


@pytest.fixture
def partner(central: RunningCentral) -> Partner:
    return join(central)


def take(terminal: Terminal, booking_id: str) -> Response:
    return terminal.call("POST", f"/v1/bookings/{booking_id}/collection")


def lease_in(answer: Response) -> Lease:
    return LeaseDocument.model_validate(answer.json()["lease"]).to_domain()


def found(terminal: Terminal, kind: str, value: str) -> list[tuple[str, str]]:
    answer = terminal.call("POST", "/v1/bookings/look-up", {"kind": kind, "value": value})
    return [(each["booking_id"], each["taken_by"]) for each in answer.json()["bookings"]]


def issue(terminal: Terminal, sale_id: str, lease: Lease, booking_id: str) -> list[str]:
    """The sale that issues a booking; what central remarks."""
    total = Money(5400 * lease.units, CNY)
    paid = Prepaid("booking", booking_id, total)
    opened = SaleOpened("en", "kiosk", str(lease.slot), ("adult",) * lease.units, "entry", total, {}, True, paid)
    tickets = [ticket(sale_id, k - 1, lease, k) for k in range(1, lease.units + 1)]
    results = terminal.push(*terminal.sale(sale_id, opened, *tickets, SaleClosed("done"))).json()["results"]
    return [result["remark"] for result in results if result["remark"]]


def test_a_booking_is_found_by_code_telephone_and_document(partner: Partner) -> None:
    terminal = Terminal(partner.central).enrol()
    booking = partner.booked(telephone="138 0013 8000", document="11010519491231002X")
    here = [(booking["booking_id"], "")]
    assert found(terminal, "code", f"{booking['code'][:4]}-{booking['code'][4:].lower()}") == here
    assert found(terminal, "telephone", "+86-13800138000") == here
    assert found(terminal, "document", "11010519491231002x") == here
    assert found(terminal, "telephone", "13800138001") == []
    partner.post(f"/bookings/{booking['booking_id']}/refund")
    assert found(terminal, "code", booking["code"]) == []


def test_two_terminals_at_the_same_moment_one_gets_it(partner: Partner) -> None:
    booking_id = partner.booked()["booking_id"]
    terminals = [Terminal(partner.central).enrol() for _ in range(6)]
    gate = threading.Barrier(6)

    def attempt(terminal: Terminal) -> Response:
        gate.wait(10)
        return take(terminal, booking_id)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, terminals))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    winner = terminals[[answer.status_code for answer in answers].index(200)]
    again = take(winner, booking_id)
    first = next(answer for answer in answers if answer.status_code == 200)
    assert lease_in(again).lease_id == lease_in(first).lease_id
    assert {problem(answer) for answer in answers if answer.status_code == 409} == {Problem.COLLECTED_ELSEWHERE.number}


def test_collecting_makes_a_sale_of_what_was_owed_and_tells_the_channel(central: RunningCentral) -> None:
    partner = join(central, notice_url="http://127.0.0.1:9/")
    terminal = Terminal(central).enrol()
    booking_id = partner.booked(count=2)["booking_id"]
    lease = lease_in(take(terminal, booking_id))
    assert (lease.units, lease.booking_id) == (2, booking_id)
    assert central.key.public.verifies(lease.signature, lease.signed_bytes())
    assert issue(terminal, "s1", lease, booking_id) == []
    assert partner.get(f"/bookings/{booking_id}").json()["state"] == "collected"
    read = central.service.database.read
    sums = dict(
        read(
            lambda s: s.execute(
                select(PostingRow.account, func.sum(PostingRow.amount_minor)).group_by(PostingRow.account)
            ).all()
        )
    )
    assert {name: int(value) for name, value in sums.items()} == {
        "channel:trip": 10800,
        "bookings_owed": 0,
        "sales:entry": -10800,
    }
    assert terminal.settle(lease, 2).status_code == 200
    row = read(lambda s: s.get_one(SlotRow, ("hill", str(TEN))))
    assert (row.sold, row.booked, row.free, row.outstanding) == (2, 2, 38, 0)
    assert len(read(lambda s: s.scalars(select(NoticeRow)).all())) == 2
    assert problem(take(terminal, booking_id)) == Problem.WRONG_STATE.number
    assert problem(partner.post(f"/bookings/{booking_id}/refund")) == Problem.WRONG_STATE.number


def test_a_collection_given_up_is_free_for_another(partner: Partner) -> None:
    first, second = Terminal(partner.central).enrol(), Terminal(partner.central).enrol()
    booking_id = partner.booked()["booking_id"]
    lease = lease_in(take(first, booking_id))
    assert problem(partner.post(f"/bookings/{booking_id}/refund")) == Problem.COLLECTED_ELSEWHERE.number
    assert problem(take(second, booking_id)) == Problem.COLLECTED_ELSEWHERE.number
    assert first.settle(lease, 0).status_code == 200
    assert take(second, booking_id).status_code == 200


def test_a_lost_lease_of_a_booking_comes_again_with_the_others(partner: Partner) -> None:
    terminal = Terminal(partner.central).enrol()
    lease = lease_in(take(terminal, partner.booked()["booking_id"]))
    again = terminal.call("POST", "/v1/leases", {"wants": [], "holding": []}).json()["leases"]
    assert [(each["lease_id"], each["booking_id"]) for each in again] == [(lease.lease_id.hex(), lease.booking_id)]


def test_an_issue_by_who_does_not_have_it_is_kept_and_flagged(partner: Partner) -> None:
    first, second = Terminal(partner.central).enrol(), Terminal(partner.central).enrol()
    booking_id = partner.booked(count=1)["booking_id"]
    lease = lease_in(take(first, booking_id))
    assert issue(second, "x1", second.lease(TEN, 1), booking_id) == ["booking_not_given_out"]
    assert issue(first, "s1", lease, booking_id) == ["booking_collected_twice"]


def test_given_out_ahead_it_is_one_terminals_alone(partner: Partner) -> None:
    window, other = Terminal(partner.central).enrol(), Terminal(partner.central).enrol()
    ids = {partner.booked(count=1)["booking_id"] for _ in range(3)}
    asked = {"day": "2026-11-23", "salt": secrets.token_hex(16)}
    page = window.call("POST", "/v1/bookings/ahead", asked).json()
    assert {each["booking_id"] for each in page["bookings"]} == ids
    assert {lease["booking_id"] for lease in page["leases"]} == ids
    assert not page["more"]
    assert other.call("POST", "/v1/bookings/ahead", asked).json()["bookings"] == []
    for booking_id in ids:
        assert problem(take(other, booking_id)) == Problem.COLLECTED_ELSEWHERE.number
        assert take(window, booking_id).status_code == 200, "who has it may ask again"
    assert problem(window.call("POST", "/v1/bookings/ahead", {**asked, "day": "2026-02-31"})) == Problem.INVALID.number


def test_places_of_collections_do_not_look_free(partner: Partner) -> None:
    terminal = Terminal(partner.central).enrol()
    take(terminal, partner.booked(count=4)["booking_id"])
    central = partner.central.service
    places = central.project_places({})
    assert (places[str(TEN)]["free"], places[str(TEN)]["left"]) == (36, 36)
    assert central.database.read(lambda s: s.scalar(select(func.count()).select_from(LeaseUnitRow))) == 0


def test_a_slot_that_is_over_is_not_collected(partner: Partner) -> None:
    terminal = Terminal(partner.central).enrol()
    booking_id = partner.booked()["booking_id"]
    partner.central.clock.shift += timedelta(hours=3)
    assert problem(take(terminal, booking_id)) == Problem.WRONG_STATE.number
