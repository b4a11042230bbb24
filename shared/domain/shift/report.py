"""The X and the Z report: what a shift's events add up to, worked out at any time, changing nothing."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.money import Money
from shared.domain.shift.events import DrawerOpened
from shared.domain.shift.explanations import Explanation, explain
from shared.domain.shift.figures import Trading
from shared.domain.shift.state import Shift


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """An X while `z_number` is None, else the Z as it was corrected last.

    expected = float + taken - given + paid_in - paid_out - dropped. `counted` is None before the first count. Who
    counts blind is shown none of it before the count.
    """

    number: int
    drawer: str
    business_day: str
    cashier: str
    z_number: int | None
    float: Money
    taken: Money
    given: Money
    paid_in: Money
    paid_out: Money
    dropped: Money
    expected: Money
    counted: Money | None
    difference: Money | None
    counts: int
    corrections: int
    openings: tuple[DrawerOpened, ...]
    trading: Trading
    explanations: tuple[Explanation, ...]


def shift_report(shift: Shift, trading: Trading) -> ShiftReport:
    """The report of a shift as it stands."""
    difference = None if shift.counted is None else shift.counted - shift.expected
    return ShiftReport(
        number=shift.number,
        drawer=shift.opened.drawer,
        business_day=shift.opened.business_day,
        cashier=shift.cashier,
        z_number=shift.zs[-1].z_number if shift.zs else None,
        float=shift.float,
        taken=shift.taken,
        given=shift.given,
        paid_in=shift.came_in,
        paid_out=shift.went_out,
        dropped=shift.dropped,
        expected=shift.expected,
        counted=shift.counted,
        difference=difference,
        counts=len(shift.counts),
        corrections=max(len(shift.zs) - 1, 0),
        openings=shift.openings,
        trading=trading,
        explanations=() if difference is None else explain(shift, trading, difference),
    )
