"""The list for a person: every open sale and refund has its reason, and what is settled is not on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from shared.domain import refund as rf
from shared.domain import sale as ev
from shared.domain.refund_history import replay_refund
from shared.domain.sale_history import apply, replay
from shared.domain.unfinished import Unfinished, Why, why_refund, why_sale
from tests.domain.sale_histories import HELD, OPENED, PAID, pay, sign
from tests.domain.test_refund import OPENED as GRANTED
from tests.domain.test_refund import QUEUED, SENT

DECLINED = rf.PayoutAnswered(1, "declined")
DECLINED_TO_ITS_END = [GRANTED, SENT, DECLINED, rf.RefundClaimIssued("C", "x"), rf.RefundClosed("claim")]
UNKNOWN = rf.PayoutAnswered(1, "unknown")
REVERSING = (ev.PaymentAnswered(1, "unknown"), ev.ReverseSubmitted(1))
LATE = (*REVERSING, ev.ReverseAnswered(1, "unknown"), ev.PaidLate(1, "ref"))
CLAIM = (ev.ClaimIssued("C", "printer"), ev.SaleClosed("claim"))
SIGNED = [ev.TicketSigned(i, f"T{i}", HELD.units[i], "entry", "adult", "QR") for i in (0, 1)]
OUT = [e for i in (0, 1) for e in (ev.PrintSubmitted(f"T{i}", f"j{i}", "A"), ev.PrintAnswered(f"j{i}", "printed"))]


@pytest.mark.parametrize(
    ("history", "why"),
    [
        ([OPENED], "places_wanted"),
        ([OPENED, HELD], "payment_open"),
        ([OPENED, HELD, pay()[0]], "payment_open"),
        ([OPENED, HELD, *pay()], "payment_unknown"),
        ([OPENED, HELD, *pay(), *REVERSING], "payment_unknown"),
        ([OPENED, HELD, *pay(), *LATE], "refund_unknown"),
        (PAID, "tickets_wanted"),
        ([*PAID, *SIGNED], "tickets_wanted"),
        ([*PAID, *SIGNED, *OUT], "receipt_wanted"),
        ([*PAID, *SIGNED, *OUT, ev.PrintSubmitted("receipt", "r", "A")], "receipt_wanted"),
        ([*PAID, ev.ClaimIssued("C", "printer")], "printer"),
        ([*PAID, *CLAIM], "printer"),
        ([*PAID, ev.ClaimIssued("C", "a reason of a later version"), ev.SaleClosed("claim")], "claim"),
        ([*PAID, *CLAIM, ev.ClaimHonoured("bea", "tickets")], None),
        ([OPENED, ev.SaleClosed("released")], None),
        (
            [*PAID, *SIGNED, *CLAIM, *(ev.TicketVoided(f"T{i}", "refund", "R1") for i in (0, 1))],
            None,
        ),
    ],
)
def test_why_a_sale_is_not_finished(history: Sequence[ev.SaleEvent], why: Why | None) -> None:
    assert why_sale(replay("S", history)) == why


def test_a_refund_that_was_declined_wants_its_claim_first() -> None:
    given_up = [OPENED, HELD, *pay(minor=4000), ev.PaymentAnswered(1, "paid", "r"), ev.SaleGivenUp("cancelled")]
    declined = [*given_up, ev.RefundSubmitted(1, "N"), ev.RefundAnswered(1, "declined")]
    assert why_sale(replay("S", declined)) == "claim"


@pytest.mark.parametrize(
    ("history", "why"),
    [
        ([QUEUED], "queued"),
        ([GRANTED], "refund_unknown"),
        ([GRANTED, SENT, DECLINED], "refund_unknown"),
        ([GRANTED, SENT, UNKNOWN, rf.RefundClaimIssued("C", "refund_unknown")], "refund_unknown"),
        ([GRANTED, SENT, DECLINED, rf.RefundClaimIssued("C", "refund_declined")], "refund_declined"),
        ([GRANTED, SENT, rf.PayoutAnswered(1, "refunded")], "receipt_wanted"),
        ([QUEUED, rf.RefundClosed("dropped")], None),
        (
            DECLINED_TO_ITS_END,
            "claim",
        ),
        (
            [*DECLINED_TO_ITS_END, rf.RefundClaimHonoured("bea")],
            None,
        ),
    ],
)
def test_why_a_refund_is_not_finished(history: Sequence[rf.RefundEvent], why: Why | None) -> None:
    assert why_refund(replay_refund("R", "S", history)) == why


def test_a_doubtful_sheet_still_wants_its_ticket() -> None:
    sale = apply(sign(replay("S", PAID), 0), ev.PrintSubmitted("T0", "j", "A"))
    sale = sign(sale, 1)
    assert why_sale(sale) == "tickets_wanted"


def test_the_code_is_in_no_repr() -> None:
    item = Unfinished("S", "sale", "printer", datetime(2026, 11, 23, tzinfo=UTC), "7KQ2-M9XA")
    assert "7KQ2" not in repr(item)
    assert "printer" in repr(item)
