"""A difference is explained by the ledger's own lines: the exact ones first, and none where nothing differs."""

from __future__ import annotations

import pytest

from shared.domain.money import Money
from shared.domain.shift import events as ev
from shared.domain.shift.explanations import Cause, Explanation
from shared.domain.shift.figures import Figure, Trading
from shared.domain.shift.history import replay_shift
from shared.domain.shift.report import shift_report
from shared.domain.shift.state import Shift
from tests.shift.test_shift import OPENED, close
from tests.shift.world import CASHIER, CNY, SUPERVISOR, pieces, taking, yuan

EVENTS: tuple[ev.ShiftEvent, ...] = (
    OPENED,
    taking("O1", 16000),
    taking("O2", 7000),
    ev.PaidOut(yuan(25), "courier", CASHIER, SUPERVISOR),
    ev.PaidIn(yuan(13), "coins", CASHIER, SUPERVISOR),
    ev.DrawerOpened("changed a note", CASHIER, SUPERVISOR),
)
TRADING = Trading(
    unknown=(Figure("S7", Money(9900, CNY)),),
    open_refunds=(Figure("RF3", Money(3300, CNY)),),
    reprints=("S5",),
)


def explained(difference: int, trading: Trading = TRADING) -> tuple[Explanation, ...]:
    shift = replay_shift(EVENTS)
    closed: Shift = close(shift, pieces(shift.expected.minor + difference))
    report = shift_report(closed, trading)
    assert report.difference == Money(difference, CNY)
    return report.explanations


@pytest.mark.parametrize(
    ("difference", "cause", "reference"),
    [
        (9900, Cause.UNKNOWN_PAYMENT, "S7"),
        (-3300, Cause.OPEN_REFUND, "RF3"),
        (5000, Cause.SUNDRY_TURNED_ROUND, "courier"),
        (-2600, Cause.SUNDRY_TURNED_ROUND, "coins"),
        (-16000, Cause.SALE_AMOUNT, "O1"),
        (7000, Cause.SALE_AMOUNT, "O2"),
    ],
)
def test_a_line_of_exactly_the_difference_comes_first(difference: int, cause: Cause, reference: str) -> None:
    first, *others = explained(difference)
    assert (first.cause, first.reference, first.exact) == (cause, reference, True)
    assert not any(each.exact for each in others)


def test_what_has_no_amount_is_still_said_in_its_order() -> None:
    found = explained(-1)
    assert [each.cause for each in found] == [
        Cause.UNKNOWN_PAYMENT,
        Cause.OPEN_REFUND,
        Cause.DRAWER_OPENED,
        Cause.REPRINT,
    ]
    assert [each.reference for each in found] == ["S7", "RF3", "changed a note", "S5"]


@pytest.mark.parametrize(("difference", "cause"), [(-9900, Cause.UNKNOWN_PAYMENT), (3300, Cause.OPEN_REFUND)])
def test_money_on_the_wrong_side_is_not_called_exact(difference: int, cause: Cause) -> None:
    assert all(not each.exact for each in explained(difference) if each.cause is cause)


def test_nothing_is_explained_where_nothing_differs() -> None:
    assert explained(0) == ()


def test_before_a_count_there_is_no_difference() -> None:
    report = shift_report(replay_shift(EVENTS), TRADING)
    assert (report.counted, report.difference, report.explanations) == (None, None, ())
    assert report.expected == yuan(500 + 160 + 70 - 25 + 13)
