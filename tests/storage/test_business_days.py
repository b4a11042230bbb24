"""Business days in the terminal's file: opened once, closed once, kept over midnight, and never back."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.domain.business_day import SCHEDULE, BusinessDay, DayProblem, DaySchedule
from shared.domain.clock import TrustedNow
from shared.storage.business_days import BusinessDays
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from tests.storage.window import bodies
from tests.storage.world import open_store

DAY = date(2026, 11, 23)
EVENING = datetime(2026, 11, 23, 14, tzinfo=UTC)  # 22:00 at the site


class Site:
    """A site whose trusted time a test sets."""

    def __init__(self, store: TerminalStore) -> None:
        self.at, self.uncertainty = EVENING, 2.0
        schedule = DaySchedule(ZoneInfo("Asia/Shanghai"), time(4))
        self.days: BusinessDays = store.business_days(schedule, lambda: TrustedNow(self.at, self.uncertainty))

    def today(self) -> date | None:
        found = self.days.today()
        return found.day if found else None


@pytest.fixture
def site(store: TerminalStore) -> Site:
    return Site(store)


def test_a_day_runs_over_midnight_until_the_change_over(site: Site, store: TerminalStore) -> None:
    assert site.today() == DAY
    site.at += timedelta(hours=5)  # 03:00 of the next morning
    assert site.today() == DAY
    site.at += timedelta(hours=2)
    assert site.today() == DAY + timedelta(days=1)
    kinds = [event.type for event in store.journal_after(0, 10)]
    assert kinds == ["day.opened", "day.closed", "day.opened"]
    assert bodies(store, "day.closed")[0]["closed_by"] == SCHEDULE


def test_a_day_outlives_the_process(site: Site, database: Database) -> None:
    first = site.days.today()
    assert Site(open_store(database)).days.last() == first


def test_with_a_clock_in_doubt_the_open_day_stays_and_none_is_begun(site: Site) -> None:
    site.uncertainty = math.inf
    assert site.today() is None
    site.uncertainty = 2.0
    assert site.today() == DAY
    site.uncertainty = math.inf
    site.at += timedelta(days=400)
    assert site.today() == DAY


def test_a_day_that_a_person_closed_is_not_opened_again(site: Site) -> None:
    site.today()
    closed = site.days.close("bea")
    assert isinstance(closed, BusinessDay)
    assert (closed.closed_by, closed.closed_at) == ("bea", EVENING)
    assert site.today() is None
    assert site.days.close("bea") is DayProblem.NOT_OPEN
    assert site.days.open(DAY, "bea") is DayProblem.NOT_LATER
    opened = site.days.open(DAY + timedelta(days=1), "bea")
    assert isinstance(opened, BusinessDay)
    assert site.today() == DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM business_day", "never forgotten"),
        ("UPDATE business_day SET opened_by = 'x'", "closed once"),
        ("INSERT INTO business_day VALUES ('2026-11-22', 'x', 'x', 'x', 'x')", "never goes back"),
        ("INSERT INTO business_day VALUES ('2026-11-24', 'x', 'x', NULL, '')", "UNIQUE"),
        ("INSERT INTO business_day VALUES ('tomorrow', 'x', 'x', 'x', 'x')", "CHECK"),
    ],
)
def test_the_file_refuses_what_cannot_be(site: Site, database: Database, statement: str, said: str) -> None:
    site.today()
    with pytest.raises(IntegrityError, match=said):
        database.run(lambda connection: connection.execute(text(statement)).close())
