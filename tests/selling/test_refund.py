"""Refunds against the real gateway and printer: once, by ticket, to the payments that it came by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.domain import refund as ev
from shared.domain.refund_rules import FeeStep, RefundRules, RefundTerms, replays
from shared.domain.refund_state import Refund
from shared.domain.sale import TicketVoided
from shared.domain.sale_errors import HistoryError
from shared.selling.refund_plan import Denied, Planner, RefundPlan, RefundRequest
from shared.selling.refunding import RefundProcess
from tests.selling.conftest import Booth
from tests.selling.desk import LONG_AGO, TestDesk

REFUSED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.fixture
def desk(booth: Booth) -> TestDesk:
    opened = TestDesk(booth)
    opened.sell()
    return opened


def granted(refund: Refund | Denied) -> Refund:
    assert isinstance(refund, Refund), refund
    return refund


def test_a_refund_pays_back_voids_the_tickets_and_prints_a_receipt(desk: TestDesk) -> None:
    sheets = len(desk.booth.paper.sheets)
    refund = granted(desk.refund(0, 1, 2))
    assert refund.outcome == "done"
    assert desk.booth.gateway.taken_minor == 0
    assert desk.booth.store.sale("S1").live_tickets == ()
    assert len(desk.booth.paper.sheets) == sheets + 1


def test_refunded_places_are_not_sold_again_here(desk: TestDesk) -> None:
    desk.refund(0, 1, 2)
    assert desk.booth.store.leases()[0].used == 3


def test_a_ticket_and_then_the_rest(desk: TestDesk) -> None:
    granted(desk.refund(1))
    assert desk.booth.gateway.taken_minor == 12000
    assert [t.index for t in desk.booth.store.sale("S1").live_tickets] == [0, 2]
    granted(desk.refund(0, 2, refund_id="R2"))
    assert desk.booth.gateway.taken_minor == 0


def test_a_ticket_is_refunded_once(desk: TestDesk) -> None:
    granted(desk.refund(0))
    denied = desk.refund(0, refund_id="R2")
    assert isinstance(denied, Denied)
    assert denied.reason == "already_ended"
    assert desk.booth.gateway.taken_minor == 12000


def test_two_refunds_planned_at_once_cannot_both_be_opened(desk: TestDesk) -> None:
    first = granted(desk.refund(0))
    assert first.opened
    void = TicketVoided(first.opened.tickets[0].ticket_id, "refund", "R2")
    again = replace(first.opened, payouts=(replace(first.opened.payouts[0], refund_no="other"),))
    with pytest.raises(HistoryError, match="no such live ticket"):
        desk.booth.store.refunds.record("R2", "S1", again, of_sales={"S1": [void]})
    assert desk.booth.store.refunds.open_refunds() == []


def test_a_sale_paid_in_parts_is_paid_back_in_the_same_parts(booth: Booth) -> None:
    desk = TestDesk(booth)
    desk.sell(3, (6000,))
    refund = granted(desk.refund(0))
    assert [state.payout.amount.minor for state in refund.payouts] == [2000, 4000]
    assert booth.gateway.taken_minor == 12000
    granted(desk.refund(1, 2, refund_id="R2"))
    assert booth.gateway.taken_minor == 0


def test_a_refund_whose_answer_is_lost_is_asked_again_under_its_number(desk: TestDesk) -> None:
    desk.booth.gateway.lose_next_answer()
    assert granted(desk.refund(0)).outcome == "done"
    assert desk.booth.gateway.taken_minor == 12000


def test_a_refund_that_nobody_answers_leaves_a_claim_and_is_paid_later(
    open_booth: Callable[[], Booth], desk: TestDesk
) -> None:
    for _ in range(desk.booth.counter.pace.refund_tries):
        desk.booth.gateway.answer_next(REFUSED)
    refund = granted(desk.refund(0))
    assert refund.claim is not None
    assert refund.receipt is not None
    assert refund.outcome is None
    again = TestDesk(open_booth())
    RefundProcess(again.desk()).resume()
    assert again.booth.store.refunds.refund("R1").outcome == "done"
    assert again.booth.gateway.taken_minor == 12000


def test_a_refund_that_is_declined_is_a_person_s(desk: TestDesk) -> None:
    paid = desk.booth.store.sale("S1").attempts[0]
    desk.booth.counter.methods["wechat"].reverse(paid.order_no)
    refund = granted(desk.refund(0))
    assert (refund.outcome, refund.claim is not None) == ("claim", True)


def test_the_fee_is_kept(booth: Booth) -> None:
    desk = TestDesk(booth, RefundRules({"entry": RefundTerms((FeeStep(-(10**6), 1000),))}))
    desk.sell()
    refund = granted(desk.refund(0))
    assert refund.opened
    assert (refund.opened.tickets[0].fee.minor, booth.gateway.taken_minor) == (600, 12600)


def test_the_rules_that_decided_are_journaled(desk: TestDesk) -> None:
    refund = granted(desk.refund(0))
    sale = desk.booth.store.sale("S1")
    assert refund.opened
    assert refund.opened.rules
    places = {ticket.ticket_id: ticket.index for ticket in sale.tickets}
    assert replays(desk.rules, sale.opened, places, refund.opened.tickets, refund.opened.rules)


def test_where_the_terms_ask_for_a_supervisor_one_tap_is_not_enough(booth: Booth) -> None:
    desk = TestDesk(booth, RefundRules({"entry": RefundTerms((FeeStep(-(10**6)),), approval="supervisor")}))
    ticket = desk.sell().tickets[0].ticket_id
    assert desk.refund(0) == Denied("needs_approval", ticket)
    process, asked = RefundProcess(desk.desk()), RefundRequest("S1", (ticket,), "refund", "ann", "rain")
    quoted = Planner(desk.desk()).plan(asked)
    assert isinstance(quoted, RefundPlan)
    assert quoted.needs_supervisor
    refund = granted(process.open("R1", replace(asked, supervisor="bea")))
    assert refund.opened
    assert (refund.outcome, refund.opened.supervisor) == ("done", "bea")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda desk, ticket: desk.admitted.add(ticket), "admitted"),
        (lambda desk, _: setattr(desk, "rules", RefundRules(otherwise=RefundTerms(()))), "too_late"),
    ],
)
def test_rules_against_it_touch_nothing(desk: TestDesk, change: Callable[[TestDesk, str], None], reason: str) -> None:
    ticket = desk.booth.store.sale("S1").tickets[0].ticket_id
    change(desk, ticket)
    assert desk.refund(0) == Denied(reason, ticket)  # type: ignore[arg-type]
    assert desk.booth.gateway.taken_minor == 18000


def test_offline_the_tickets_of_an_open_lease_go_back_and_others_wait_for_the_line(desk: TestDesk) -> None:
    desk.booth.line.up = False
    assert granted(desk.refund(0)).outcome == "done"
    desk.booth.store.close_lease(b"lease--1")
    queued = granted(desk.refund(1, refund_id="R2"))
    assert (queued.opened, queued.outcome) == (None, None)
    assert len(desk.booth.store.sale("S1").live_tickets) == 2
    process = RefundProcess(desk.desk())
    process.resume()
    assert process.finish("R2").outcome is None
    desk.booth.line.up = True
    process.resume()
    assert desk.booth.store.refunds.refund("R2").outcome == "done"
    assert desk.booth.gateway.taken_minor == 6000


def test_a_queued_refund_that_the_rules_are_against_by_then_is_dropped(desk: TestDesk) -> None:
    desk.booth.line.up = False
    desk.booth.store.close_lease(b"lease--1")
    granted(desk.refund(0))
    desk.booth.line.up = True
    desk.admitted.add(desk.booth.store.sale("S1").tickets[0].ticket_id)
    RefundProcess(desk.desk()).resume()
    assert desk.booth.store.refunds.refund("R1").outcome == "dropped"
    assert desk.booth.gateway.taken_minor == 18000


def test_a_void_gives_all_back_without_a_fee_and_only_before_z(booth: Booth) -> None:
    desk = TestDesk(booth, RefundRules(otherwise=RefundTerms(())))
    desk.sell()
    desk.day = replace(LONG_AGO, opened_at=datetime(2999, 1, 1, tzinfo=UTC))
    denied = desk.refund(0, 1, 2, kind="void")
    assert isinstance(denied, Denied)
    assert denied.reason == "after_z"
    desk.day = LONG_AGO
    assert granted(desk.refund(0, 1, 2, kind="void")).outcome == "done"
    assert booth.gateway.taken_minor == 0


@pytest.mark.parametrize("steps", range(1, 6))
def test_a_stop_after_any_step_is_brought_to_its_end_and_pays_back_once(
    open_booth: Callable[[], Booth], desk: TestDesk, steps: int
) -> None:
    """The history is cut after so many rows; from the third on the gateway has paid back already."""
    planner, store = Planner(desk.desk()), desk.booth.store
    sale = store.sale("S1")
    plan = planner.plan(RefundRequest("S1", (sale.tickets[0].ticket_id,), "refund", "ann", "rain"))
    assert not isinstance(plan, Denied)
    (payout,), _ = planner.payouts(sale, plan.back)
    nothing = replace(plan.back, minor=0)
    history: list[ev.RefundEvent] = [
        ev.RefundOpened("refund", plan.tickets, (payout,), nothing, "", "ann", "rain"),
        ev.PayoutSubmitted(1, payout.refund_no, payout.amount),
        ev.PayoutAnswered(1, "refunded", "r"),
        ev.RefundReceiptSubmitted("job", "A001"),
        ev.RefundReceiptAnswered("job", "printed"),
    ]
    if steps >= 3:
        desk.booth.counter.methods["wechat"].refund(payout.order_no, payout.refund_no, 6000, 18000)
    void = TicketVoided(sale.tickets[0].ticket_id, "refund", "R1")
    for number, event in enumerate(history[:steps]):
        store.refunds.record("R1", "S1", event, of_sales={} if number else {"S1": [void]})
    again = TestDesk(open_booth())
    RefundProcess(again.desk()).resume()
    assert again.booth.store.refunds.refund("R1").outcome == "done"
    assert again.booth.gateway.taken_minor == 12000
    balances = {str(b.account): b.balance.minor for b in again.booth.store.trial_balance()}
    assert balances == {"receivable:wechat": 12000, "sales:entry": -12000}
