"""What central makes of split payments, refunds, exchanges and claims: once, and beside the sales' total."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central.storage.tables import ClaimRow, RefundRow
from shared.domain import refund as rf
from shared.domain import sale as ev
from shared.domain.capacity import Lease
from shared.domain.journal import JournalEvent
from shared.domain.money import Money
from shared.domain.refund_codec import REFUND
from tests.central.world import CNY, TEN, Terminal, opened, ticket


def cny(minor: int) -> Money:
    return Money(minor, CNY)


def part(attempt: int, minor: int) -> list[ev.SaleEvent]:
    created = ev.PaymentCreated(attempt, "wechat", f"N{attempt}", cny(minor))
    return [created, ev.PaymentAnswered(attempt, "paid", "ref")]


def summary(terminal: Terminal) -> dict[str, int]:
    answer: dict[str, int] = terminal.call("GET", "/v1/summary").json()
    return answer


def flags(terminal: Terminal, *events: JournalEvent) -> list[str]:
    return [r["remark"] for r in terminal.push(*events).json()["results"] if r["outcome"] == "flagged"]


def refund(terminal: Terminal, refund_id: str, *events: rf.RefundEvent, sale_id: str = "s1") -> list[JournalEvent]:
    bodies = map(REFUND.encode, events)
    return [terminal.write(kind, {"refund_id": refund_id, "of_sale": sale_id, **body}) for kind, body in bodies]


def granted(ticket_id: str) -> rf.RefundOpened:
    back = rf.TicketReturn(ticket_id, "entry", cny(6000), cny(600), 1000)
    payout = rf.Payout(1, "R", "wechat", "N1", cny(5400), cny(12000))
    return rf.RefundOpened("refund", (back,), (payout,), cny(0), "", "ann", "rain")


@pytest.fixture
def lease(terminal: Terminal) -> Lease:
    return terminal.lease(TEN, 5)


def test_a_sale_paid_in_parts_is_one_when_they_make_up_its_total(terminal: Terminal, lease: Lease) -> None:
    terminal.push(*terminal.sale("s1", opened(TEN, 2), *part(1, 5000)))
    assert summary(terminal)["sales"] == 0
    assert flags(terminal, *terminal.sale("s1", ticket("s1", 0, lease, 1))) == ["ticket_unpaid"]
    terminal.push(*terminal.sale("s1", *part(2, 7000)))
    assert (summary(terminal)["sales"], summary(terminal)["total_minor"]) == (1, 12000)


def test_a_part_that_went_back_is_no_sale(terminal: Terminal) -> None:
    given_up = (ev.SaleGivenUp("left"), ev.RefundSubmitted(1, "R"), ev.RefundAnswered(1, "refunded"))
    terminal.push(*terminal.sale("s1", opened(TEN, 2), *part(1, 5000), *given_up, ev.SaleClosed("released")))
    assert summary(terminal)["sales"] == 0


def test_a_refund_ends_its_ticket_and_is_counted_beside_the_sales(terminal: Terminal, lease: Lease) -> None:
    terminal.push(*terminal.sell("s1", lease, 1, 2))
    first = ticket("s1", 0, lease, 1).ticket_id
    terminal.push(*terminal.sale("s1", ev.TicketVoided(first, "refund", "R1")))
    answered = (rf.PayoutSubmitted(1, "R", cny(5400)), rf.PayoutAnswered(1, "refunded"), rf.RefundClosed("done"))
    assert flags(terminal, *refund(terminal, "R1", granted(first), *answered)) == []
    expected = {"sales": 1, "tickets": 1, "total_minor": 12000, "refunds": 1, "refunded_minor": 5400}
    assert summary(terminal) == expected


def test_a_ticket_refunded_twice_counts_once_and_the_second_is_flagged(terminal: Terminal, lease: Lease) -> None:
    terminal.push(*terminal.sell("s1", lease, 1))
    first = ticket("s1", 0, lease, 1).ticket_id
    again = [ev.TicketVoided(first, "refund", "R1"), ev.TicketVoided(first, "refund", "R2")]
    assert flags(terminal, *terminal.sale("s1", *again)) == ["ended_twice"]


def test_a_place_given_up_gets_no_other_ticket(terminal: Terminal, lease: Lease) -> None:
    terminal.push(*terminal.sell("s1", lease, 1))
    first = ticket("s1", 0, lease, 1)
    events: list[ev.SaleEvent] = [
        ev.TicketVoided(first.ticket_id, "refund", "R1"),
        ticket("s1", 0, lease, 1, first.ticket_id),
    ]
    assert flags(terminal, *terminal.sale("s1", *events)) == ["place_given_up"]


def test_tickets_given_in_exchange_pay_for_a_sale(terminal: Terminal, lease: Lease) -> None:
    terminal.push(*terminal.sell("s1", lease, 1))
    paid = ev.Prepaid("exchange", "s1", cny(6000))
    new = ev.SaleOpened("en", "kiosk", str(TEN), ("adult",), "entry", cny(6000), {}, False, paid)
    assert flags(terminal, *terminal.sale("s2", new, ticket("s2", 0, lease, 2), ev.SaleClosed("done"))) == []
    assert summary(terminal)["sales"] == 2


def test_a_claim_is_known_to_every_window_and_honoured_once(terminal: Terminal) -> None:
    claimed = [opened(TEN, 1), *part(1, 6000), ev.ClaimIssued("7KQ2-M9XA", "printer"), ev.SaleClosed("claim")]
    terminal.push(*terminal.sale("s1", *claimed))
    honoured = ev.ClaimHonoured("ann", "money")
    assert flags(terminal, *terminal.sale("s1", honoured, honoured)) == ["claim_honoured_twice"]
    rows = terminal.central.service.database.read(lambda s: [c.code for c in s.scalars(select(ClaimRow))])
    assert rows == ["7KQ2-M9XA"]


def test_claims_that_do_not_fit_are_flagged(terminal: Terminal) -> None:
    terminal.push(*terminal.sale("s1", opened(TEN, 1)))
    twice: list[ev.SaleEvent] = [ev.ClaimHonoured("ann", "money"), ev.ClaimIssued("A", "x"), ev.ClaimIssued("B", "x")]
    assert flags(terminal, *terminal.sale("s1", *twice)) == ["unknown_claim", "claimed_twice"]


def test_a_queued_refund_is_seen_and_counts_when_it_is_granted(terminal: Terminal, lease: Lease) -> None:
    terminal.push(*terminal.sell("s1", lease, 1))
    first = ticket("s1", 0, lease, 1).ticket_id
    terminal.push(*refund(terminal, "R1", rf.RefundQueued("refund", (first,), "ann", "rain")))
    assert summary(terminal)["refunds"] == 0
    terminal.push(*refund(terminal, "R1", granted(first), rf.RefundClaimIssued("C", "refund_declined")))
    assert summary(terminal)["refunds"] == 1
    states = terminal.central.service.database.read(lambda s: [r.outcome for r in s.scalars(select(RefundRow))])
    assert states == [""]


def test_a_refund_of_nothing_known_is_flagged(terminal: Terminal) -> None:
    assert flags(terminal, *refund(terminal, "R1", granted("x"))) == ["unknown_sale"]
    terminal.push(*terminal.sale("s1", opened(TEN, 1)))
    assert flags(terminal, *refund(terminal, "R1", rf.RefundClosed("done"))) == ["unknown_refund"]
    assert flags(terminal, terminal.write("refund.closed", {"refund_id": 3})) == ["unreadable"]
