"""What a claim is worth in the ledger: the sale's price, or the money that could not be given back."""

from __future__ import annotations

from shared.domain import sale as ev
from tests.domain.test_ledger import HELD, OPENED, balances, paid, pay

CLAIMED = (ev.ClaimIssued("C", "printer"), ev.SaleClosed("claim"))


def test_a_claim_paid_out_in_money_comes_from_the_drawer() -> None:
    history = [OPENED, HELD, *pay(), paid(), *CLAIMED]
    assert balances(history) == {"receivable:wechat": 9000, "claims_owed": -9000}
    assert balances([*history, ev.ClaimHonoured("bea", "money")]) == {"receivable:wechat": 9000, "drawer": -9000}


def test_a_claim_honoured_in_tickets_is_earned() -> None:
    history = [OPENED, HELD, *pay(), paid(), *CLAIMED, ev.ClaimHonoured("bea", "tickets")]
    assert balances(history) == {"receivable:wechat": 9000, "sales:entry": -9000}


def test_a_part_that_could_not_be_given_back_is_what_the_claim_is_worth() -> None:
    """Given up after a part was paid: the provider declines the refund, a person pays that part."""
    part = OPENED.total.__class__(4000, OPENED.total.currency)
    history = [
        *(OPENED, HELD, *pay(amount=part), paid()),
        *(ev.SaleGivenUp("cancelled"), ev.RefundSubmitted(1, "R1"), ev.RefundAnswered(1, "declined")),
        *(ev.ClaimIssued("C", "refund_declined"), ev.SaleClosed("claim")),
    ]
    assert balances(history) == {"receivable:wechat": 4000, "claims_owed": -4000}
    assert balances([*history, ev.ClaimHonoured("bea", "money")]) == {"receivable:wechat": 4000, "drawer": -4000}
