"""What kind of day it is in China: work, weekend or public holiday, with the adjusted working days.

The days come from the `chinesecalendar` library (the State Council's yearly notices), which knows the years up to the
last notice. A price list may declare the days of later years itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import chinese_calendar  # type: ignore[import-untyped]

from shared.domain.pricing.parameters import Parameters

DayKind = Literal["work", "weekend", "holiday"]


@dataclass(frozen=True)
class DeclaredDays:
    """Holidays and adjusted working days that the price list names; a year with any of them counts as known."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def kind_of(self, day: date) -> DayKind | None:
        """The kind of `day`; None when neither the price list nor the library knows its year."""
        if day in self.holidays:
            return "holiday"
        if day in self.workdays:
            return "work"
        if day.year in self.years:
            return "weekend" if day.isoweekday() > 5 else "work"
        return _kind_by_library(day)


def read_declared_days(parameters: Parameters) -> DeclaredDays:
    """The lists `holidays` and `workdays` of a rule."""
    holidays, workdays = parameters.table.days("holidays"), parameters.table.days("workdays")
    return DeclaredDays(holidays, workdays, frozenset(day.year for day in holidays | workdays))


@lru_cache(maxsize=1024)
def _kind_by_library(day: date) -> DayKind | None:
    try:
        free, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    if not free:
        return "work"
    return "weekend" if name is None else "holiday"
