"""How many pieces lie in each place, and how far each device was heard: both follow from the events alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shared.domain import cash as ev
from shared.domain import cash_upkeep as up
from shared.domain.cash_codec import CashEvent
from shared.domain.cash_order import CashOrder
from shared.domain.sale_errors import HistoryError, require

LIFE = 1 << 24  # life counts of devices are 3 bytes
_LAP = 255


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """How far a device was heard: the events since its `boot`th switching on, and the pieces of its whole life."""

    boot: int
    heard: int
    total: int

    @property
    def counter(self) -> int:
        """The number of the last event: 0 after switching on, then 1 to 255 and over."""
        return (self.heard - 1) % _LAP + 1 if self.heard else 0


def moved(order: CashOrder | None, event: CashEvent) -> tuple[ev.Pieces, ...]:
    """The pieces that an event puts into places; a negative count takes them out. `order`: before the event."""
    match event:
        case ev.CashHeard(pieces=pieces) | up.CashFilled(pieces):
            return pieces
        case ev.StackEnded(device, "stacked") if order is not None and (note := order.stacking or order.escrow):
            return (ev.Pieces(ev.box_of(device), note.value, 1),)
        case ev.DispenseAnswered(paid=paid) if order is not None:
            last = order.dispenses[-1].pieces
            return (ev.Pieces(last.place, last.value, -paid),) if paid else ()
        case up.CashDiscrepancy(missing=gone) | up.CashEmptied(expected=gone):
            return tuple(ev.Pieces(each.place, each.value, -each.count) for each in gone)
        case _:
            return ()


def standings_after(
    known: Mapping[str, DeviceStanding], order: CashOrder | None, event: CashEvent
) -> Mapping[str, DeviceStanding]:
    """The devices whose standing an event changes. Raises HistoryError when an event is heard twice."""
    match event:
        case up.DeviceMet(device, heard, total):
            boot = known[device].boot + 1 if device in known else 1
            return {device: DeviceStanding(boot, heard, total)}
        case ev.CashHeard(device=device):
            return {device: _heard(_known(known, device), event)}
        case ev.StackEnded(device, "stacked"):
            return {device: _counted(_known(known, device), 1)}
        case ev.DispenseAnswered(paid=paid) if order is not None:
            hopper = order.dispenses[-1].pieces.device
            return {hopper: _counted(_known(known, hopper), paid)}
        case up.CashDiscrepancy(device, "pieces_uncounted", _, found):
            return {device: replace(_known(known, device), total=found)}
        case _:
            return {}


def _heard(before: DeviceStanding, event: ev.CashHeard) -> DeviceStanding:
    later = (event.boot, event.heard) > (before.boot, before.heard)
    require(later and event.boot <= before.boot + 1, "an event of a device is heard once, in its order")
    pieces = sum(each.count for each in event.pieces) + event.unknown
    return _counted(DeviceStanding(event.boot, event.heard, before.total), pieces)


def _counted(before: DeviceStanding, pieces: int) -> DeviceStanding:
    return replace(before, total=(before.total + pieces) % LIFE)


def _known(known: Mapping[str, DeviceStanding], device: str) -> DeviceStanding:
    if device not in known:
        raise HistoryError(f"the device {device} was never met")
    return known[device]
