"""What a sale means in money: balanced at every event, and nothing left in doubt at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from shared.domain.ledger import Account, AccountKind, Entry, LedgerError, Posting
from shared.domain.money import Currency, Money
from shared.domain.posting_rules import entry_for
from shared.domain.sale_history import follow
from shared.domain.sale_state import Sale

CNY = Currency("CNY")
TOTAL = Money(9000, CNY)
UNIT = LeaseUnit(b"lease---", 1)
OPENED = ev.SaleOpened("en", "kiosk", "entry@2026-11-23T01:00Z", ("adult",), "entry", TOTAL, {})
HELD = ev.PlacesHeld((UNIT,))


def pay(number: int = 1, method: str = "wechat", amount: Money = TOTAL) -> tuple[ev.SaleEvent, ...]:
    return ev.PaymentCreated(number, method, f"N{number}", amount), ev.PaymentSubmitted(number)


def paid(number: int = 1) -> ev.SaleEvent:
    return ev.PaymentAnswered(number, "paid", "ref")


def balances(history: Sequence[ev.SaleEvent]) -> dict[str, int]:
    """The accounts that are not empty after a history."""
    sums: Counter[str] = Counter()
    sale: Sale | None = None
    for event in history:
        entry = entry_for(sale, event)
        sale = follow("S", sale, event)
        for posting in entry.postings if entry else ():
            sums[str(posting.account)] += posting.minor
        assert sum(sums.values()) == 0
    return {account: minor for account, minor in sums.items() if minor}


def test_money_may_have_moved_from_the_moment_the_request_leaves() -> None:
    assert balances([OPENED, HELD]) == {}
    assert balances([OPENED, HELD, pay()[0]]) == {}
    in_doubt = {"clearing:wechat": 9000, "unsettled:wechat": -9000}
    assert balances([OPENED, HELD, *pay()]) == in_doubt
    assert balances([OPENED, HELD, *pay(), ev.PaymentAnswered(1, "unknown")]) == in_doubt
    assert balances([OPENED, HELD, *pay(), ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "unknown")]) == in_doubt


def test_paid_money_is_owed_as_tickets_until_the_sale_is_done() -> None:
    history = [OPENED, HELD, *pay(), paid()]
    assert balances(history) == {"receivable:wechat": 9000, "tickets_owed": -9000}
    assert balances([*history, ev.SaleClosed("done")]) == {"receivable:wechat": 9000, "sales:entry": -9000}


def test_a_claim_stays_owed_until_a_window_honours_it() -> None:
    history = [OPENED, HELD, *pay(), paid(), ev.ClaimIssued("C", "printer"), ev.SaleClosed("claim")]
    assert balances(history) == {"receivable:wechat": 9000, "claims_owed": -9000}


def test_a_reissue_that_ends_in_a_claim_takes_back_what_was_earned_until_it_is_honoured() -> None:
    sold = [OPENED, HELD, *pay(), paid(), ev.SaleClosed("done")]
    history = [*sold, ev.SaleReopened("wet", "ann"), ev.ClaimIssued("C", "printer"), ev.SaleClosed("claim")]
    assert balances(history) == {"receivable:wechat": 9000, "claims_owed": -9000}
    assert balances([*history, ev.ClaimHonoured("ann", "tickets")]) == balances(sold)


@pytest.mark.parametrize(
    "end",
    [
        [ev.PaymentAnswered(1, "declined")],
        [ev.PaymentAnswered(1, "unknown"), ev.PaymentAnswered(1, "declined")],
        [ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "reversed")],
    ],
)
def test_what_was_in_doubt_is_taken_back_by_a_reversal(end: list[ev.SaleEvent]) -> None:
    history = [OPENED, HELD, *pay(), *end]
    assert balances(history) == {}
    sale: Sale | None = None
    for event in history[:-1]:
        sale = follow("S", sale, event)
    entry = entry_for(sale, history[-1])
    assert entry is not None
    assert entry.reverses


def test_an_attempt_that_never_left_and_a_sale_that_costs_nothing_move_nothing() -> None:
    assert balances([OPENED, HELD, pay()[0], ev.PaymentAnswered(1, "declined")]) == {}
    free = replace(OPENED, total=Money(0, CNY))
    assert balances([free, HELD, ev.SaleClosed("done")]) == {}


def test_revenue_follows_the_lines_of_the_quote_and_rounding_is_an_account_of_its_own() -> None:
    lines = [
        {"product_id": "entry", "amount": 6000},
        {"product_id": "ropeway", "amount": 3002},
        {"product_id": "", "amount": -2, "kind": "rounding"},
    ]
    history = [replace(OPENED, quote={"lines": lines}), HELD, *pay(), paid(), ev.SaleClosed("done")]
    assert balances(history) == {
        "receivable:wechat": 9000,
        "sales:entry": -6000,
        "sales:ropeway": -3002,
        "rounding": 2,
    }


@pytest.mark.parametrize("line", [{"product_id": "entry", "amount": 1}, {"amount": 9000}, "no line"])
def test_a_quote_that_could_not_be_posted_is_refused_before_any_money_moves(line: object) -> None:
    with pytest.raises(LedgerError):
        entry_for(None, replace(OPENED, quote={"lines": [line]}))


def test_no_event_of_money_before_the_sale_or_of_no_attempt() -> None:
    with pytest.raises(LedgerError):
        entry_for(None, paid())
    with pytest.raises(LedgerError):
        entry_for(follow("S", None, OPENED), paid())


@pytest.mark.parametrize("amounts", [(), (5, -4), (0, 0)])
def test_an_entry_balances_or_does_not_exist(amounts: tuple[int, ...]) -> None:
    sales = Account(AccountKind.SALES, "entry")
    with pytest.raises(LedgerError):
        Entry(tuple(Posting(sales, CNY, minor) for minor in amounts))


def test_each_currency_balances_by_itself() -> None:
    drawer, sales = Account(AccountKind.DRAWER, "d1"), Account(AccountKind.SALES, "entry")
    with pytest.raises(LedgerError):
        Entry((Posting(drawer, CNY, 5), Posting(sales, Currency("HKD"), -5)))


@given(kind=st.sampled_from(AccountKind), of=st.text(max_size=9))
def test_an_account_is_read_from_its_name(kind: AccountKind, of: str) -> None:
    account = Account(kind, of)
    assert Account.parse(str(account)) == account
