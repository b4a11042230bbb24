"""What a rule does to the price of one ticket; all of it in integer minor units and basis points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

WHOLE_BP = 10_000  # 100 % in basis points


@dataclass(frozen=True, slots=True)
class SetTo:
    """The price becomes `minor`, whatever it was."""

    minor: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """The price becomes `minor` if it was more."""

    minor: int


@dataclass(frozen=True, slots=True)
class Add:
    """`minor` more (or less, when negative; never below zero)."""

    minor: int


@dataclass(frozen=True, slots=True)
class Percent:
    """`bp` basis points more (or less, when negative), rounded half up to the minor unit."""

    bp: int


Adjustment = SetTo | AtMost | Add | Percent
FREE = AtMost(0)


def adjusted(amount: int, adjustment: Adjustment) -> int:
    """The new price. Never falls when `amount` rises, which is what makes the search for the best price exact."""
    match adjustment:
        case SetTo(minor):
            return minor
        case AtMost(minor):
            return min(amount, minor)
        case Add(minor):
            return max(0, amount + minor)
        case Percent(bp):
            return portion(amount, WHOLE_BP + bp)
        case _:
            assert_never(adjustment)


def may_raise(adjustment: Adjustment) -> bool:
    """Whether it can make a ticket dearer."""
    match adjustment:
        case SetTo():
            return True
        case AtMost():
            return False
        case Add(minor):
            return minor > 0
        case Percent(bp):
            return bp > 0
        case _:
            assert_never(adjustment)


def portion(amount: int, bp: int) -> int:
    """`bp` basis points of a non-negative amount, rounded half up."""
    return (amount * bp * 2 + WHOLE_BP) // (2 * WHOLE_BP)
