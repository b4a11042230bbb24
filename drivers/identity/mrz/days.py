"""Days of a machine-readable zone: YYMMDD, so the century comes from the day of reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from drivers.identity.mrz.alphabet import FILLER

_CENTURY = 100


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """The digits name no day."""


def birth_day(text: str, today: date) -> date | NoSuchDay | None:
    """The latest such day that is not after `today`: whoever is 100 or older seems a century younger.

    None when a part of it is unknown (fillers; 9303-3, 4.8).
    """
    return _latest(text, today, lambda day: day <= today)


def expiry_day(text: str, today: date) -> date | NoSuchDay | None:
    """The latest such day that is less than 50 years ahead; None for a document without an end."""
    return _latest(text, today, lambda day: day.year < today.year + _CENTURY // 2)


def _latest(text: str, today: date, fits: Callable[[date], bool]) -> date | NoSuchDay | None:
    if FILLER in text:
        return None
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    first = today.year // _CENTURY * _CENTURY + _CENTURY + year
    for candidate in (first, first - _CENTURY, first - 2 * _CENTURY):
        try:
            found = date(candidate, month, day)
        except ValueError:  # 29 February exists in one century and not in another
            continue
        if fits(found):
            return found
    return NoSuchDay()
