"""Days of the site's calendar as spans of UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from central.refusal import RefusalError
from shared.wire.problem import Problem


def span_of(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From its midnight to the next, UTC. Raises RefusalError for a day at the edge of the calendar."""
    return begin_of(day, zone), begin_of(day, zone, after=1)


def begin_of(day: date, zone: ZoneInfo, after: int = 0) -> datetime:
    """The midnight at which the day so many days `after` begins. Raises RefusalError."""
    try:
        return datetime.combine(day + timedelta(days=after), time.min, zone).astimezone(UTC)
    except OverflowError as error:
        raise RefusalError(Problem.INVALID, "there is no such day") from error
