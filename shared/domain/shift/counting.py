"""Counting a drawer: what pieces are worth, and whether a count looks like a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable

from shared.domain.money import Currency, Money, total
from shared.domain.shift.events import Denomination

_FACTORS = (10, 100, 1000)
_NEAR_PERCENT = 1  # how near to a tenth or ten times the amount a count must be to look like a slip


def worth(pieces: Iterable[Denomination], currency: Currency) -> Money:
    """What pieces are worth together."""
    return total((each.value * each.count for each in pieces), currency)


def is_countable(pieces: tuple[Denomination, ...], currency: Currency) -> bool:
    """Whether these can be notes and coins of the currency: each value once, none worthless, no count below 0."""
    values = [each.value for each in pieces]
    possible = all(e.count >= 0 and e.value.minor > 0 and e.value.currency == currency for e in pieces)
    return possible and len(set(values)) == len(values)


def suspicious(expected: Money, counted: Money) -> bool:
    """Whether the person is asked to count again: off by a factor of ten, or by two swapped digits.

    Nothing else may be told of it: the count is blind.
    """
    return _off_by_a_factor(expected.minor, counted.minor) or _swapped(expected.minor, counted.minor)


def _off_by_a_factor(expected: int, counted: int) -> bool:
    if expected <= 0 or counted <= 0:
        return False
    return any(_near(counted * f, expected) or _near(counted, expected * f) for f in _FACTORS)


def _near(one: int, other: int) -> bool:
    return abs(one - other) * 100 <= max(one, other) * _NEAR_PERCENT


def _swapped(expected: int, counted: int) -> bool:
    one, other = str(expected), str(counted)
    if len(one) != len(other):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 2 and differing[0] == differing[1][::-1]
