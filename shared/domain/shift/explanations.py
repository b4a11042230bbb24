"""Where a difference may come from: the ledger's own lines, the likeliest first. Suggestions, never findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from shared.domain.money import Money
from shared.domain.shift.figures import Figure, Trading
from shared.domain.shift.state import Shift

_MOST_SALES = 5  # where every ticket costs the same, more sales of that amount say nothing more


class Cause(Enum):
    """What a difference may come from, the likelier first where amounts do not decide."""

    UNKNOWN_PAYMENT = "unknown_payment"  # cash taken while a payment by another way is in doubt
    OPEN_REFUND = "open_refund"  # granted and not paid out, or paid out and not written down
    SUNDRY_TURNED_ROUND = "sundry_turned_round"  # a paid-in written down as a paid-out, or the reverse
    SALE_AMOUNT = "sale_amount"  # one sale's cash not collected, or collected twice
    DRAWER_OPENED = "drawer_opened"  # without a sale
    REPRINT = "reprint"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A line to look at. `reference`: the sale, refund, order or reason. `exact`: it is the whole difference."""

    cause: Cause
    reference: str
    amount: Money | None
    exact: bool


def explain(shift: Shift, trading: Trading, difference: Money) -> tuple[Explanation, ...]:
    """Suggestions for counted less expected, ranked: lines of exactly that amount, then the others. None for 0."""
    if not difference.minor:
        return ()
    order = tuple(Cause)
    found = _lines(shift, trading, difference)
    return tuple(sorted(found, key=lambda each: (not each.exact, order.index(each.cause))))


def _lines(shift: Shift, trading: Trading, difference: Money) -> Iterator[Explanation]:
    yield from _in_doubt(Cause.UNKNOWN_PAYMENT, trading.unknown, difference.minor)
    yield from _in_doubt(Cause.OPEN_REFUND, trading.open_refunds, -difference.minor)
    yield from _turned_round(shift, difference.minor)
    same = [taking for taking in shift.takings if taking.amount.minor == abs(difference.minor)]
    for taking in same[:_MOST_SALES]:
        yield Explanation(Cause.SALE_AMOUNT, taking.order_no, taking.amount, exact=True)
    for opening in shift.openings:
        yield Explanation(Cause.DRAWER_OPENED, opening.reason, None, exact=False)
    for sale_id in trading.reprints:
        yield Explanation(Cause.REPRINT, sale_id, None, exact=False)


def _in_doubt(cause: Cause, figures: Iterable[Figure], wanted: int) -> Iterator[Explanation]:
    for figure in figures:
        yield Explanation(cause, figure.name, figure.amount, figure.amount.minor == wanted)


def _turned_round(shift: Shift, difference: int) -> Iterator[Explanation]:
    """Money that went the other way is missing, or too much, twice."""
    signed = [(each.reason, each.amount, -2) for each in shift.paid_in]
    signed += [(each.reason, each.amount, 2) for each in shift.paid_out]
    for reason, amount, times in signed:
        if amount.minor * times == difference:
            yield Explanation(Cause.SUNDRY_TURNED_ROUND, reason, amount, exact=True)
