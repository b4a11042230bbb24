"""Places left, as a screen may say them: never more than the machine may sell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from shared.domain.capacity import SlotKey


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
    """

    key: SlotKey
    state: SlotState
    places: int
    sellable: int
