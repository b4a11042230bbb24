"""The business day: opened and closed by a person or a schedule, carried by sales, never read off a clock.

A schedule says which day a time belongs to (the site's own time zone and the hour at which a day begins). It opens a
later day only while the clock can be vouched for; in doubt the open day stays, and a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from shared.domain.clock import TrustedNow

SCHEDULE = "schedule"  # who opened or closed a day when nobody did
_EARLY = timedelta(days=1)  # how far ahead of the time a person may open a day


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """A day runs from `cut_over` (the site's own time) to the next: sales at one in the night are of the day before.

    `tolerance_seconds` is the greatest uncertainty of the clock with which the schedule still acts.
    """

    zone: ZoneInfo
    cut_over: time = time(4)
    tolerance_seconds: float = 300.0

    def day_of(self, at: datetime) -> date:
        """The business day of a time (UTC)."""
        local = at.astimezone(self.zone)
        return local.date() if local.time() >= self.cut_over else local.date() - timedelta(days=1)

    def begun_day(self, now: TrustedNow) -> date | None:
        """The latest business day that has certainly begun; None while the clock is in doubt."""
        if now.uncertainty_seconds > self.tolerance_seconds:
            return None
        return self.day_of(now.at - timedelta(seconds=now.uncertainty_seconds))


@dataclass(frozen=True, slots=True)
class BusinessDay:
    """One day of business; open until `closed_at`. Times are UTC; `by` is a person's id or SCHEDULE."""

    day: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class DayProblem(Enum):
    """Why a person cannot open or close a day so."""

    STILL_OPEN = "still_open"  # close the open day first
    NOT_OPEN = "not_open"
    NOT_LATER = "not_later"  # that day, or one after it, was already closed
    FAR_FROM_TODAY = "far_from_today"  # the clock, which can be vouched for, says another date


@dataclass(frozen=True, slots=True)
class Stay:
    """The open day is the right one."""

    day: BusinessDay


@dataclass(frozen=True, slots=True)
class RollOver:
    """The schedule ends one day and begins the next: `closed` is None when none was open."""

    closed: BusinessDay | None
    opened: BusinessDay


class AskReason(Enum):
    """Why the schedule does not act."""

    CLOCK = "clock"  # nobody vouches for the time
    AHEAD = "ahead"  # the open day is more than a day later than the time says
    CLOSED = "closed"  # a person closed the day: only a person begins the next before its time


@dataclass(frozen=True, slots=True)
class AskPerson:
    """The schedule does not act. `day` stays open; None: nothing is sold before a person opens a day."""

    day: BusinessDay | None
    reason: AskReason


ScheduleStep = Stay | RollOver | AskPerson


def follow(schedule: DaySchedule, last: BusinessDay | None, now: TrustedNow) -> ScheduleStep:
    """What the schedule does now. `last` is the day opened last, None before the first; a day never goes back."""
    current = last if last is not None and last.is_open else None
    today = schedule.begun_day(now)
    if today is None:
        return AskPerson(current, AskReason.CLOCK)
    if last is None or today > last.day:
        closed = None if current is None else _closed(current, now.at, SCHEDULE)
        return RollOver(closed, BusinessDay(today, now.at, SCHEDULE))
    if current is None:
        return AskPerson(None, AskReason.CLOSED)
    return AskPerson(current, AskReason.AHEAD) if current.day - today > _EARLY else Stay(current)


def open_day(
    schedule: DaySchedule, last: BusinessDay | None, day: date, now: TrustedNow, by: str
) -> BusinessDay | DayProblem:
    """A person opens a day: the next may be opened early, and any later one while the clock is in doubt."""
    if last is not None and last.is_open:
        return DayProblem.STILL_OPEN
    if last is not None and day <= last.day:
        return DayProblem.NOT_LATER
    today = schedule.begun_day(now)
    if today is not None and abs(day - today) > _EARLY:
        return DayProblem.FAR_FROM_TODAY
    return BusinessDay(day, now.at, by)


def close_day(current: BusinessDay | None, now: TrustedNow, by: str) -> BusinessDay | DayProblem:
    """A person closes the open day. Its sales stay of that day, whenever they end."""
    if current is None or not current.is_open:
        return DayProblem.NOT_OPEN
    return _closed(current, now.at, by)


def _closed(current: BusinessDay, at: datetime, by: str) -> BusinessDay:
    # A clock set back between the two must not make a day end before it began.
    return replace(current, closed_at=max(at, current.opened_at), closed_by=by)
