"""How a shift's state follows from its events. An impossible history is refused, never repaired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from shared.domain.money import Money
from shared.domain.sale_errors import HistoryError, require
from shared.domain.shift import events as ev
from shared.domain.shift.counting import is_countable, worth
from shared.domain.shift.state import Shift


def follow_shift(shift: Shift | None, event: ev.ShiftEvent) -> Shift:
    """The state after one more event. Raises HistoryError when it cannot have happened."""
    if shift is None:
        if not isinstance(event, ev.ShiftOpened):
            raise HistoryError(f"a shift cannot begin with {event.type}")
        begun = Shift(event, event.by)
        require(event.number > 0 and bool(event.drawer) and bool(event.by), "a shift has number, drawer and cashier")
        require(is_countable(event.float, begun.currency), "a float is notes and coins of the shift's currency")
        return begun
    if isinstance(event, ev.ShiftCorrected):
        return _corrected(shift, event)
    require(shift.is_open, "the shift is closed")
    match event:
        case ev.ShiftOpened():
            raise HistoryError("a shift is opened once")
        case ev.DrawerTaken() | ev.DrawerGiven():
            return _traded(shift, event)
        case ev.PaidIn() | ev.PaidOut() | ev.SafeDropped() | ev.DrawerOpened():
            return _beside_sales(shift, event)
        case ev.HandedOver(by, to):
            require(by == shift.cashier and to not in ("", by), "the one who has the drawer hands it to another")
            return replace(shift, cashier=to)
        case ev.Counted(pieces, by):
            require(is_countable(pieces, shift.currency) and bool(by), "a count is notes and coins, and somebody's")
            return replace(shift, counts=(*shift.counts, event), counted_since=True)
        case ev.ShiftClosed():
            return _closed(shift, event)
    assert_never(event)


def replay_shift(events: Iterable[ev.ShiftEvent]) -> Shift:
    """The state after a whole history. Raises HistoryError, also for an empty one."""
    shift: Shift | None = None
    for event in events:
        shift = follow_shift(shift, event)
    if shift is None:
        raise HistoryError("a shift without events")
    return shift


def _traded(shift: Shift, event: ev.DrawerTaken | ev.DrawerGiven) -> Shift:
    _require_amount(shift, event.amount)
    if isinstance(event, ev.DrawerTaken):
        require(event.amount <= event.tendered, "no more is taken than was tendered")
        require(all(each.order_no != event.order_no for each in shift.takings), "an order is taken once")
        return replace(shift, takings=(*shift.takings, event), counted_since=False)
    require(all(each.number != event.number for each in shift.givings), "a refund is given once")
    return replace(shift, givings=(*shift.givings, event), counted_since=False)


def _beside_sales(shift: Shift, event: ev.PaidIn | ev.PaidOut | ev.SafeDropped | ev.DrawerOpened) -> Shift:
    require(bool(event.by), "somebody does it")
    match event:
        case ev.PaidIn(amount, reason, by, approved_by):
            _require_amount(shift, amount)
            _require_approval(reason, by, approved_by)
            return replace(shift, paid_in=(*shift.paid_in, event), counted_since=False)
        case ev.PaidOut(amount, reason, by, approved_by):
            _require_amount(shift, amount)
            _require_approval(reason, by, approved_by)
            return replace(shift, paid_out=(*shift.paid_out, event), counted_since=False)
        case ev.SafeDropped(pieces, bag):
            require(is_countable(pieces, shift.currency) and bool(bag), "a bag has a number and what is in it")
            _require_amount(shift, worth(pieces, shift.currency))
            require(all(each.bag != bag for each in shift.drops), "a sealed bag is dropped once")
            return replace(shift, drops=(*shift.drops, event), counted_since=False)
        case ev.DrawerOpened(reason, by, approved_by):
            _require_approval(reason, by, approved_by)
            return replace(shift, openings=(*shift.openings, event))
    assert_never(event)


def _closed(shift: Shift, event: ev.ShiftClosed) -> Shift:
    require(shift.counted_since, "a shift is closed on a count after its last movement")
    require(not shift.asks_again, "please count again")
    require((event.expected, event.counted) == (shift.expected, shift.counted), "the Z says what the shift says")
    require(event.difference == event.counted - event.expected, "the difference is counted less expected")
    return replace(shift, zs=(event,))


def _corrected(shift: Shift, event: ev.ShiftCorrected) -> Shift:
    require(not shift.is_open, "only a closed shift is corrected")
    require(is_countable(event.pieces, shift.currency) and bool(event.by), "a correction is a count, and somebody's")
    _require_approval(event.reason, event.by, event.approved_by)
    require(event.counted == worth(event.pieces, shift.currency), "the correction says what was counted")
    require(event.difference == event.counted - shift.expected, "the difference is counted less expected")
    return replace(shift, zs=(*shift.zs, event))


def _require_amount(shift: Shift, amount: Money) -> None:
    require(amount.minor > 0 and amount.currency == shift.currency, "some money of the shift's currency moves")


def _require_approval(reason: str, by: str, approved_by: str) -> None:
    require(bool(reason), "there is a reason")
    require(approved_by != by, "nobody approves what he asks for himself")
