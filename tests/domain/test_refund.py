"""Refunds as sums and histories: no minor unit lost, none twice, every history to its end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import refund as ev
from shared.domain import refund_state as steps
from shared.domain.money import Currency, Money
from shared.domain.refund_codec import REFUND
from shared.domain.refund_history import apply_refund, replay_refund
from shared.domain.refund_rules import FeeStep, RefundRules, RefundTerms, may_decide_here
from shared.domain.refund_state import Refund, next_refund_step
from shared.domain.refund_values import allocate, split_evenly, ticket_values
from shared.domain.sale import RefundOutcome, SaleOpened
from shared.domain.sale_errors import HistoryError

CNY = Currency("CNY")
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def cny(minor: int) -> Money:
    return Money(minor, CNY)


PAYOUT = ev.Payout(1, "N1", "wechat", "O1", cny(5400), cny(18000))
RETURN = ev.TicketReturn("T0", "entry", cny(6000), cny(600), 1000)
OPENED = ev.RefundOpened("refund", (RETURN,), (PAYOUT,), cny(0), "", "ann", "rain")
QUEUED = ev.RefundQueued("refund", ("T0",), "ann", "rain")
SENT = ev.PayoutSubmitted(1, "N1", cny(5400))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.data())
def test_an_allocation_is_whole_fair_and_within_what_is_left(left: list[int], data: st.DataObject) -> None:
    minor = data.draw(st.integers(0, sum(left)))
    parts = allocate(minor, left)
    assert sum(parts) == minor
    assert all(0 <= part <= of for part, of in zip(parts, left, strict=True))
    whole = sum(left) or 1
    assert all(abs(part * whole - minor * of) < whole for part, of in zip(parts, left, strict=True))
    assert allocate(sum(left), left) == left


@given(st.lists(st.integers(1, 10**5), min_size=1, max_size=4), st.lists(st.integers(0, 10**5), max_size=8))
def test_refunds_one_after_the_other_never_pass_a_payment_and_reach_it(paid: list[int], wanted: list[int]) -> None:
    left = list(paid)
    for minor in wanted:
        parts = allocate(min(minor, sum(left)), left)
        left = [have - part for have, part in zip(left, parts, strict=True)]
    assert [have - part for have, part in zip(left, allocate(sum(left), left), strict=True)] == [0] * len(paid)


@pytest.mark.parametrize(("minor", "left"), [(-1, [5]), (6, [5]), (1, [3, -1])])
def test_more_than_what_is_left_is_not_allocated(minor: int, left: list[int]) -> None:
    with pytest.raises(ValueError, match="cannot go back"):
        allocate(minor, left)


def test_the_residue_goes_to_the_largest_fraction_the_first_of_equals_first() -> None:
    assert allocate(1, [1, 1]) == [1, 0]
    assert allocate(5, [1, 2, 4]) == [1, 1, 3]
    assert split_evenly(-2, 3) == [0, -1, -1]


@given(st.lists(st.sampled_from(["adult", "child"]), min_size=1, max_size=7), st.integers(0, 99_999), st.booleans())
def test_the_tickets_of_a_sale_are_worth_its_total(categories: list[str], total: int, with_lines: bool) -> None:
    lines = [{"category_id": name, "amount": total // 3} for name in sorted({*categories})]
    quote: dict[str, object] = {"lines": [*lines, {"category_id": "", "amount": -2}]} if with_lines else {}
    opened = SaleOpened("en", "kiosk", "entry@2026-11-23T01:00Z", tuple(categories), "entry", cny(total), quote)
    values = ticket_values(opened)
    assert sum(value.minor for value in values) == total
    assert len(values) == len(categories)


def test_the_fee_grows_as_the_slot_comes_near_and_ends_in_a_refusal() -> None:
    terms = RefundTerms((FeeStep(24 * 60, 0), FeeStep(60, 2000), FeeStep(0, 5000)))
    rules = RefundRules({"entry": terms})
    assert rules.terms("entry") is terms
    assert rules.terms("other").step_at(NOON, NOON, cny(1)) == FeeStep(0)
    expected = {25: 0, 24: 0, 23: 2000, 1: 2000, 0: 5000, -1: None}
    steps = {h: terms.step_at(NOON, NOON - timedelta(hours=h), cny(6000)) for h in expected}
    assert {h: step and step.fee_bp for h, step in steps.items()} == expected


@given(st.integers(0, 10**7), st.integers(0, 10_000), st.integers(0, 10**6))
def test_a_fee_is_a_part_of_the_value(minor: int, fee_bp: int, fee_minor: int) -> None:
    fee = FeeStep(0, fee_bp, fee_minor).fee(cny(minor)).minor
    assert 0 <= fee <= minor
    if fee < minor:
        assert abs((fee - fee_minor) * 10_000 - minor * fee_bp) <= 5000


def test_which_step_is_cheapest_depends_on_the_value() -> None:
    terms = RefundTerms((FeeStep(60, fee_minor=1000), FeeStep(0, 2000)))
    chosen = [terms.step_at(NOON, NOON - timedelta(hours=2), cny(minor)) for minor in (4000, 6000)]
    assert chosen == [FeeStep(0, 2000), FeeStep(60, fee_minor=1000)]


def test_offline_only_an_open_lease_is_decided_here() -> None:
    decided = {(o, lease): may_decide_here(online=o, lease_open=lease) for o in (0, 1) for lease in (0, 1)}  # type: ignore[arg-type]
    assert [bool(v) for v in decided.values()] == [False, True, True, True]


@pytest.mark.parametrize(
    "event",
    [
        QUEUED,
        OPENED,
        SENT,
        ev.PayoutAnswered(1, "refunded", "r"),
        ev.RefundReceiptSubmitted("j", "p"),
        ev.RefundReceiptAnswered("j", "printed"),
        ev.RefundClaimIssued("C", "x"),
        ev.RefundClaimHonoured("ann"),
        ev.RefundClosed("done"),
    ],
    ids=lambda e: e.type,
)
def test_an_event_survives_json(event: ev.RefundEvent) -> None:
    kind, body = REFUND.encode(event)
    assert REFUND.decode(kind, json.loads(json.dumps(body))) == event


@pytest.mark.parametrize(
    "history",
    [
        [],
        [SENT],
        [QUEUED, QUEUED],
        [OPENED, QUEUED],
        [OPENED, OPENED],
        [replace(OPENED, credited=cny(1))],
        [replace(OPENED, payouts=(replace(PAYOUT, number=2),))],
        [replace(OPENED, payouts=(replace(PAYOUT, paid=cny(5000)),))],
        [replace(OPENED, tickets=(replace(RETURN, value=cny(6000), fee=cny(7000)),), payouts=(), credited=cny(-1000))],
        [OPENED, replace(SENT, refund_no="other")],
        [OPENED, replace(SENT, number=2)],
        [OPENED, ev.PayoutAnswered(1, "refunded")],
        [OPENED, SENT, ev.PayoutAnswered(1, "refunded"), SENT],
        [OPENED, ev.RefundReceiptAnswered("j", "printed")],
        [OPENED, ev.RefundReceiptSubmitted("j", "p"), ev.RefundReceiptSubmitted("k", "p")],
        [OPENED, ev.RefundClaimIssued("C", "x"), ev.RefundClaimIssued("C", "x")],
        [OPENED, ev.RefundClosed("done")],
        [OPENED, ev.RefundClosed("dropped")],
        [OPENED, SENT, ev.PayoutAnswered(1, "declined"), ev.RefundClosed("claim")],
        [OPENED, ev.RefundClaimHonoured("ann")],
        [OPENED, SENT, ev.PayoutAnswered(1, "unknown"), ev.RefundClaimIssued("C", "x"), ev.RefundClaimHonoured("ann")],
        [OPENED, SENT, ev.PayoutAnswered(1, "refunded"), ev.RefundClosed("done"), SENT],
    ],
)
def test_an_impossible_history_is_refused(history: list[ev.RefundEvent]) -> None:
    with pytest.raises(HistoryError):
        replay_refund("R", "S", history)


@given(st.data())
def test_whatever_the_world_answers_a_refund_ends_and_pays_each_part_once_or_by_a_person(data: st.DataObject) -> None:
    second = replace(PAYOUT, number=2, refund_no="N2", amount=cny(400))
    refund = replay_refund("R", "S", [QUEUED, replace(OPENED, payouts=(replace(PAYOUT, amount=cny(5000)), second))])
    for number in range(40):
        if isinstance(next_refund_step(refund), steps.RefundOver):
            break
        refund = _world(refund, data, weary=number > 15)
    standings = [state.standing for state in refund.payouts]
    assert refund.outcome == ("claim" if "declined" in standings else "done")
    assert set(standings) <= {"refunded", "declined"}


def _world(refund: Refund, data: st.DataObject, *, weary: bool) -> Refund:
    match next_refund_step(refund):
        case steps.PayOut(payout):
            refund = apply_refund(refund, ev.PayoutSubmitted(payout.number, payout.refund_no, payout.amount))
            answers: list[RefundOutcome] = ["refunded", "declined"] if weary else ["unknown", "refunded", "declined"]
            outcome = data.draw(st.sampled_from(answers))
            return apply_refund(refund, ev.PayoutAnswered(payout.number, outcome))
        case steps.IssueRefundClaim():
            return apply_refund(refund, ev.RefundClaimIssued("C", "x"))
        case steps.PrintRefundReceipt():
            refund = apply_refund(refund, ev.RefundReceiptSubmitted("j", "p"))
            return apply_refund(refund, ev.RefundReceiptAnswered("j", "unknown"))
        case steps.CloseRefund(outcome):
            return apply_refund(refund, ev.RefundClosed(outcome))
        case step:
            raise AssertionError(step)


def test_a_queued_refund_waits_for_its_decision() -> None:
    queued = replay_refund("R", "S", [QUEUED])
    assert next_refund_step(queued) == steps.AwaitDecision(QUEUED)
    assert apply_refund(queued, ev.RefundClosed("dropped", "too_late")).outcome == "dropped"
