"""The days a report is about, as days of the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from central.refusal import RefusalError
from shared.domain.canonical import parse_instant
from shared.wire.problem import Problem

_LONGEST = timedelta(days=366)
_YEARS = range(2000, 2200)  # far from the ends of the calendar, where a zone has no time


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, in a zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begin(self) -> datetime:
        """The first moment (UTC)."""
        return datetime.combine(self.first, time(), self.zone).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it (UTC)."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone).astimezone(UTC)

    def day_of(self, instant: str) -> str:
        """The day at the site of a moment in its text form."""
        return parse_instant(instant).astimezone(self.zone).date().isoformat()


def period(first: date, last: date, zone: ZoneInfo) -> Period:
    """Raises RefusalError for days out of order, more than a year of them, or one far from now."""
    in_order = first <= last and last - first < _LONGEST
    if not in_order or first.year not in _YEARS or last.year not in _YEARS:
        raise RefusalError(Problem.INVALID, "from `first` to `last` there are 1 to 366 days")
    return Period(first, last, zone)
