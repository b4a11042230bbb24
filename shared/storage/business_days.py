"""The terminal's business days: one open at a time, opened and closed by the schedule or a person, each in the journal.

The schedule acts only while the clock can be vouched for (`shared.domain.business_day`); each call is one durable
transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import structlog
from sqlalchemy import Connection, select, update

from shared.domain.business_day import (
    AskPerson,
    BusinessDay,
    DayProblem,
    DaySchedule,
    RollOver,
    ScheduleStep,
    Stay,
    close_day,
    follow,
    open_day,
)
from shared.domain.canonical import instant_text, parse_instant
from shared.domain.clock import Clock, TrustedNow
from shared.storage import journal
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.tables import business_day

OPENED = "day.opened"
CLOSED = "day.closed"

_log = structlog.get_logger()


class BusinessDays:
    """`now` is trusted time; `clock` dates the journal's rows."""

    def __init__(
        self, database: Database, pen: Pen, clock: Clock, schedule: DaySchedule, now: Callable[[], TrustedNow]
    ) -> None:
        self._database = database
        self._pen = pen
        self._clock = clock
        self._schedule = schedule
        self._now = now

    def last(self) -> BusinessDay | None:
        """The day opened last; None before the first."""
        return self._database.run(last_day)

    def follow(self) -> ScheduleStep:
        """Does what the schedule says now: ends a day and begins the next, or leaves all as it is."""
        now = self._now()
        step = self._database.run(lambda connection: self._follow(connection, now))
        if isinstance(step, RollOver):
            _log.info("business_day_opened", day=step.opened.day.isoformat())
        return step

    def today(self) -> BusinessDay | None:
        """The open day, after the schedule was followed; None when only a person may open one."""
        match self.follow():
            case Stay(day) | RollOver(opened=day):
                return day
            case AskPerson(open_day):
                return open_day

    def open(self, day: date, by: str) -> BusinessDay | DayProblem:
        """A person opens a day."""
        now = self._now()

        def work(connection: Connection) -> BusinessDay | DayProblem:
            opened = open_day(self._schedule, last_day(connection), day, now, by)
            if isinstance(opened, BusinessDay):
                self._begin(connection, opened)
            return opened

        return self._database.run(work)

    def close(self, by: str) -> BusinessDay | DayProblem:
        """A person closes the open day."""
        now = self._now()

        def work(connection: Connection) -> BusinessDay | DayProblem:
            closed = close_day(last_day(connection), now, by)
            if isinstance(closed, BusinessDay):
                self._end(connection, closed)
            return closed

        return self._database.run(work)

    def _follow(self, connection: Connection, now: TrustedNow) -> ScheduleStep:
        step = follow(self._schedule, last_day(connection), now)
        if isinstance(step, RollOver):
            if step.closed is not None:
                self._end(connection, step.closed)
            self._begin(connection, step.opened)
        return step

    def _begin(self, connection: Connection, day: BusinessDay) -> None:
        values = {"day": day.day.isoformat(), "opened_at": instant_text(day.opened_at), "opened_by": day.opened_by}
        connection.execute(business_day.insert().values(**values, closed_by=""))
        journal.append(connection, self._pen, self._clock.now(), OPENED, values)

    def _end(self, connection: Connection, day: BusinessDay) -> None:
        at = instant_text(day.closed_at or day.opened_at)
        row = update(business_day).where(business_day.c.day == day.day.isoformat())
        connection.execute(row.values(closed_at=at, closed_by=day.closed_by))
        body = {"day": day.day.isoformat(), "closed_at": at, "closed_by": day.closed_by}
        journal.append(connection, self._pen, self._clock.now(), CLOSED, body)


def last_day(connection: Connection) -> BusinessDay | None:
    """The day opened last; None before the first."""
    row = connection.execute(select(business_day).order_by(business_day.c.day.desc()).limit(1)).first()
    if row is None:
        return None
    return BusinessDay(
        date.fromisoformat(row.day), parse_instant(row.opened_at), row.opened_by, _instant(row.closed_at), row.closed_by
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
