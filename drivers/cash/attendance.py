"""What the host of a cash bus does while nobody calls: ask whether all are there, and how full the hoppers are."""

from __future__ import annotations

from drivers.attendance import Attend
from drivers.contracts.cash import CashDevices, CashUnreachable, HopperStatus
from drivers.health import Degraded, Health, Healthy, Lost

_STANDING_FAULTS = frozenset({"jam", "fraud", "sensor", "fault"})


def attend_cash(devices: CashDevices) -> Attend:
    """Asks every device something that changes nothing."""

    def attend() -> Health:
        acceptors = {each.name: each.poll(None) for each in (*devices.notes, *devices.coins)}
        hoppers = {each.name: each.status() for each in devices.hoppers}
        lost = {name: said for name, said in {**acceptors, **hoppers}.items() if isinstance(said, CashUnreachable)}
        if lost and len(lost) == len(acceptors) + len(hoppers):
            return Lost(next(iter(lost.values())).cause)
        if lost:
            return Degraded("cash_in_part", "no answer from " + ", ".join(lost))
        return _hopper_health({name: said for name, said in hoppers.items() if isinstance(said, HopperStatus)})

    return attend


def _hopper_health(hoppers: dict[str, HopperStatus]) -> Health:
    broken = [name for name, status in hoppers.items() if status.faults & _STANDING_FAULTS]
    if broken:
        return Degraded("hopper_fault", "out of order: " + ", ".join(broken))
    low = [name for name, status in hoppers.items() if status.low or "empty" in status.faults]
    return Degraded("hopper_low", "to be refilled: " + ", ".join(low)) if low else Healthy()
