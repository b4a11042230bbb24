"""Places left, as a screen may say them: never more than the machine may sell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from shared.domain.capacity import SlotKey
from shared.domain.catalog import Slot


class SlotState(Enum):
    """What a visitor can do with a slot at this machine now."""

    OPEN = "open"  # can be bought here
    WINDOW_ONLY = "window_only"  # the line is down and this machine's own share is used up
    FULL = "full"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class SlotView:
    """A slot for the screen. `places` is what the area has left (online) or what this machine may sell (offline).

    `sellable` is how many this machine can sell at once now; online it may be topped up when asked for.
    `end` (UTC) is the end of the time of entry.
    """

    key: SlotKey
    state: SlotState
    places: int
    sellable: int
    end: datetime


@dataclass(frozen=True, slots=True)
class CentralPlaces:
    """What central last said of a slot: `left` is unsold, `free` is not even lent to a terminal."""

    left: int
    free: int


def slot_views(
    slots: Sequence[Slot],
    own: Mapping[SlotKey, int],
    central: Mapping[SlotKey, CentralPlaces] | None,
    now: datetime,
) -> tuple[SlotView, ...]:
    """A view of each slot. `own` are the free units of this machine's leases; `central` is None while offline."""
    return tuple(_view(slot, own.get(slot.key, 0), central, now) for slot in slots)


def _view(slot: Slot, own: int, central: Mapping[SlotKey, CentralPlaces] | None, now: datetime) -> SlotView:
    if slot.end <= now:
        return SlotView(slot.key, SlotState.PAST, 0, 0, slot.end)
    if central is None:
        state = SlotState.OPEN if own else SlotState.WINDOW_ONLY
        return SlotView(slot.key, state, own, own, slot.end)
    said = central.get(slot.key, CentralPlaces(0, 0))
    sellable = own + said.free
    state = SlotState.OPEN if sellable else SlotState.FULL
    return SlotView(slot.key, state, max(said.left, sellable), sellable, slot.end)
