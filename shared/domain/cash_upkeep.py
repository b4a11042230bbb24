"""Events of a cash machine that belong to no order: devices met, differences found, hoppers filled, boxes emptied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from shared.domain.cash import Pieces

DiscrepancyKind = Literal[
    "events_lost",  # more happened at an acceptor than its memory holds
    "pieces_uncounted",  # a device's life count is not what the book says
    "stack_in_doubt",  # nothing proves where a note is
    "dispense_in_doubt",  # nothing proves how much came out
    "hopper_short",  # a hopper is empty where the book has coins
    "unknown_piece",  # something came in that has no value in the profile
    "money_without_order",  # something came in that nobody was asked for
]


@dataclass(frozen=True, slots=True)
class DeviceMet:
    """The book begins with this device, or begins anew after it was exchanged: its counts from here on are expected."""

    type: ClassVar[str] = "cash.device_met"
    device: str
    heard: int
    total: int


@dataclass(frozen=True, slots=True)
class CashDiscrepancy:
    """Book and device differ, and a person looks into it. What is `missing` is taken out of the book's stock."""

    type: ClassVar[str] = "cash.discrepancy"
    device: str
    kind: DiscrepancyKind
    expected: int
    found: int
    missing: tuple[Pieces, ...] = ()
    order_no: str = ""


@dataclass(frozen=True, slots=True)
class CashFilled:
    """A person put pieces in: the first float, or a refill. `by` is the person's staff number."""

    type: ClassVar[str] = "cash.filled"
    pieces: tuple[Pieces, ...]
    by: str
    reason: Literal["float", "refill"] = "refill"


@dataclass(frozen=True, slots=True)
class CashEmptied:
    """A person took everything out of a place and counted it; `expected` is what the book had there."""

    type: ClassVar[str] = "cash.emptied"
    place: str
    currency: str
    expected: tuple[Pieces, ...]
    counted: tuple[Pieces, ...]
    by: str


UpkeepEvent = DeviceMet | CashDiscrepancy | CashFilled | CashEmptied


def worth_of(pieces: tuple[Pieces, ...]) -> dict[str, int]:
    """By currency code, in minor units."""
    sums: dict[str, int] = {}
    for each in pieces:
        sums[each.value.currency.code] = sums.get(each.value.currency.code, 0) + each.worth.minor
    return sums
