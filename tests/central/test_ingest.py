from __future__ import annotations

import dataclasses

from sqlalchemy import select

from central.storage.tables import ExceptionRow, JournalRow
from shared.domain.journal import JournalEvent
from shared.domain.money import Money
from shared.domain.sale import PaymentAnswered, ReverseAnswered, TicketVoided
from shared.wire.problem import Problem
from tests.central.world import CNY, TEN, RunningCentral, Terminal, opened, problem, ticket


def summary(central: RunningCentral) -> tuple[int, int, int]:
    totals = Terminal(central).enrol().call("GET", "/v1/summary").json()
    return totals["sales"], totals["tickets"], totals["total_minor"]


def exceptions(central: RunningCentral) -> list[str]:
    return central.service.database.read(lambda s: [row.kind for row in s.scalars(select(ExceptionRow))])


def flagged(terminal: Terminal, *events: JournalEvent) -> list[str]:
    answer = terminal.push(*events)
    assert answer.status_code == 200, answer.text
    return [result["remark"] for result in answer.json()["results"] if result["outcome"] == "flagged"]


def test_a_sale_is_counted_once_however_often_it_is_sent(terminal: Terminal) -> None:
    events = terminal.sell("s1", terminal.lease(TEN, 5), 1, 2)
    first, second = terminal.push(*events), terminal.push(*events)

    assert first.json()["acked_through"] == second.json()["acked_through"] == len(events)
    assert {r["outcome"] for r in first.json()["results"]} == {"stored"}
    assert {r["outcome"] for r in second.json()["results"]} == {"duplicate"}
    assert summary(terminal.central) == (1, 2, 12000)


def test_a_batch_may_overlap_what_is_known(terminal: Terminal) -> None:
    events = terminal.sell("s1", terminal.lease(TEN, 5), 1)
    terminal.push(*events[:2])
    outcomes = [r["outcome"] for r in terminal.push(*events[1:]).json()["results"]]
    assert outcomes == ["duplicate", "stored", "stored"]


def test_an_unpaid_sale_is_no_sale(terminal: Terminal) -> None:
    terminal.push(*terminal.sale("s1", opened(TEN, 1), PaymentAnswered(1, "declined", reason="x")))
    assert summary(terminal.central) == (0, 0, 0)


def test_a_reversed_payment_is_no_sale(terminal: Terminal) -> None:
    paid = (opened(TEN, 1), PaymentAnswered(1, "paid", "r"), ReverseAnswered(1, "reversed"))
    terminal.push(*terminal.sale("s1", *paid))
    assert summary(terminal.central) == (0, 0, 0)


def test_a_gap_is_refused_whole_with_the_number_to_go_on_from(terminal: Terminal) -> None:
    events = terminal.sell("s1", terminal.lease(TEN, 5), 1)
    terminal.push(events[0])
    answer = terminal.push(*events[2:])
    assert problem(answer) == Problem.SEQUENCE_GAP.number
    assert answer.json()["expected_seq"] == 2
    assert terminal.push(*events[1:]).json()["acked_through"] == len(events)


def test_another_event_under_a_known_number_puts_the_terminal_in_quarantine(terminal: Terminal) -> None:
    events = [terminal.write("note", {"n": n}) for n in range(3)]
    terminal.push(*events)
    other = terminal.event(2, events[0].hash, "note", {"n": "other"})
    answer = terminal.push(other)
    assert (problem(answer), answer.json()["seq"]) == (Problem.FORKED.number, 2)
    assert problem(terminal.call("GET", "/v1/feed")) == Problem.QUARANTINED.number


def test_going_on_from_an_old_head_is_a_fork(terminal: Terminal) -> None:
    events = [terminal.write("note", {"n": n}) for n in range(3)]
    terminal.push(*events)
    restored = terminal.event(4, events[1].hash, "note", {})
    assert problem(terminal.push(restored)) == Problem.FORKED.number


def test_an_event_altered_on_the_way_is_refused_without_quarantine(terminal: Terminal) -> None:
    events = [terminal.write("note", {"n": n}) for n in range(2)]
    altered = dataclasses.replace(events[1], body={"n": 7})
    answer = terminal.push(events[0], altered)
    assert (problem(answer), answer.json()["seq"]) == (Problem.BROKEN_CHAIN.number, 2)
    assert terminal.push(*events).json()["acked_through"] == 2


def test_an_event_signed_by_another_key_is_refused(terminal: Terminal) -> None:
    event = terminal.write("note", {})
    forged = dataclasses.replace(event, signature=Terminal(terminal.central).key.sign(event.hash))
    assert problem(terminal.push(forged)) == Problem.BROKEN_CHAIN.number


def test_another_terminals_journal_is_refused(terminal: Terminal) -> None:
    other = Terminal(terminal.central).enrol()
    assert problem(other.push(terminal.write("note", {}))) == Problem.WRONG_JOURNAL.number


def test_a_float_has_no_place_in_a_journal(terminal: Terminal) -> None:
    event = dataclasses.replace(terminal.write("note", {}), body={"x": 0.5})
    assert problem(terminal.push(event)) == Problem.BROKEN_CHAIN.number


def test_a_poison_event_stops_nothing_behind_it(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 5)
    good = terminal.sell("s1", lease, 1)
    poison = [
        terminal.write("sale.opened", {"sale_id": "s2", "language": 7}),
        terminal.write("sale.payment_answered", {"sale_id": "never-opened", "attempt": 1, "outcome": "paid"}),
        terminal.write("sale.closed", {"outcome": "done"}),
        *terminal.sale("s3", dataclasses.replace(opened(TEN, 1), total=Money(10**20, CNY))),
    ]
    after = terminal.sell("s4", lease, 2)

    remarks = flagged(terminal, *good, *poison, *after)

    assert remarks == ["unreadable", "unknown_sale", "unreadable", "impossible_value"]
    assert exceptions(terminal.central) == remarks
    assert summary(terminal.central) == (2, 2, 12000)


def test_events_of_an_unknown_kind_are_kept_as_they_are(terminal: Terminal) -> None:
    body = {"strange": [1, {"deep": None}], "山": "門"}
    assert flagged(terminal, terminal.write("future.kind", body)) == []
    kept = terminal.central.service.database.read(lambda s: s.scalars(select(JournalRow)).one().body)
    assert kept == '{"strange":[1,{"deep":null}],"山":"門"}'.encode()


def test_one_place_has_one_live_ticket(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 5)
    assert flagged(terminal, *terminal.sell("s1", lease, 1)) == []
    assert flagged(terminal, *terminal.sell("s2", lease, 1)) == ["place_taken"]
    assert summary(terminal.central)[:2] == (2, 1)


def test_a_reissue_takes_the_place_of_the_voided_ticket(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 5)
    first = ticket("s1", 0, lease, 3)
    again = ticket("s1", 0, lease, 3, replaces=first.ticket_id)
    events = terminal.sale(
        "s1", opened(TEN, 1), PaymentAnswered(1, "paid"), first, TicketVoided(first.ticket_id, "jam"), again
    )
    assert flagged(terminal, *events) == []
    assert summary(terminal.central) == (1, 1, 6000)
    third = terminal.sale("s1", ticket("s1", 1, lease, 3, replaces=first.ticket_id))
    assert flagged(terminal, *third) == ["place_taken"]


def test_tickets_outside_their_lease_are_exceptions(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 2)
    other = Terminal(terminal.central).enrol()
    assert flagged(terminal, *terminal.sell("s1", lease, 3)) == ["beyond_lease"]
    assert flagged(other, *other.sell("s2", lease, 1)) == ["unknown_lease"]


def test_a_ticket_before_the_payment_is_an_exception(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 2)
    events = terminal.sale("s1", opened(TEN, 1), ticket("s1", 0, lease, 1))
    assert flagged(terminal, *events) == ["ticket_unpaid"]


def test_tickets_beyond_a_settlement_are_exceptions(terminal: Terminal) -> None:
    lease = terminal.lease(TEN, 5)
    assert terminal.settle(lease, 1).status_code == 200
    assert flagged(terminal, *terminal.sell("s1", lease, 1, 2)) == ["beyond_settlement"]


def test_a_batch_over_500_events_is_refused(terminal: Terminal) -> None:
    events = [terminal.write("n", {}) for _ in range(501)]
    assert problem(terminal.push(*events)) == Problem.INVALID.number
    assert terminal.push(*events[:500]).json()["acked_through"] == 500
