"""The business day: by schedule only when the clock can be vouched for, by a person else; never backward."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.business_day import (
    SCHEDULE,
    AskPerson,
    AskReason,
    BusinessDay,
    DayProblem,
    DaySchedule,
    RollOver,
    Stay,
    close_day,
    follow,
    open_day,
)
from shared.domain.clock import TrustedNow

SITE = DaySchedule(ZoneInfo("Asia/Shanghai"), time(4))
DAY = date(2026, 11, 23)
NEXT = DAY + timedelta(days=1)
BEGIN = datetime(2026, 11, 22, 20, tzinfo=UTC)  # 04:00 on the 23rd at the site
NOON = BEGIN + timedelta(hours=8)
OPEN = BusinessDay(DAY, BEGIN, SCHEDULE)


def sure(at: datetime, seconds: float = 2.0) -> TrustedNow:
    return TrustedNow(at, seconds)


def doubtful(at: datetime) -> TrustedNow:
    return TrustedNow(at, math.inf)


@pytest.mark.parametrize(
    ("hour", "day"),
    [("03:59", DAY - timedelta(days=1)), ("04:00", DAY), ("23:59", DAY), ("00:00", DAY - timedelta(days=1))],
)
def test_a_day_begins_at_the_cut_over_in_the_sites_own_time(hour: str, day: date) -> None:
    local = datetime.combine(DAY, time.fromisoformat(hour), SITE.zone)
    assert SITE.day_of(local.astimezone(UTC)) == day


def test_the_schedule_opens_keeps_and_rolls_over() -> None:
    assert follow(SITE, None, sure(NOON)) == RollOver(None, BusinessDay(DAY, NOON, SCHEDULE))
    assert follow(SITE, OPEN, sure(NOON)) == Stay(OPEN)
    later = BEGIN + timedelta(days=1, seconds=3)
    step = follow(SITE, OPEN, sure(later))
    assert step == RollOver(BusinessDay(DAY, BEGIN, SCHEDULE, later, SCHEDULE), BusinessDay(NEXT, later, SCHEDULE))


def test_near_the_cut_over_it_waits_until_the_next_day_has_certainly_begun() -> None:
    cut = BEGIN + timedelta(days=1)
    assert follow(SITE, OPEN, sure(cut + timedelta(seconds=59), 60.0)) == Stay(OPEN)
    assert isinstance(follow(SITE, OPEN, sure(cut + timedelta(seconds=60), 60.0)), RollOver)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=-1), timedelta(0), timedelta(days=3)])
def test_a_clock_that_nobody_vouches_for_moves_no_day(jump: timedelta) -> None:
    assert follow(SITE, OPEN, doubtful(NOON + jump)) == AskPerson(OPEN, AskReason.CLOCK)
    assert follow(SITE, None, doubtful(NOON + jump)) == AskPerson(None, AskReason.CLOCK)
    beyond = TrustedNow(NOON + jump, SITE.tolerance_seconds + 1)
    assert follow(SITE, OPEN, beyond) == AskPerson(OPEN, AskReason.CLOCK)


def test_a_closed_day_is_not_opened_again_by_the_schedule() -> None:
    closed = close_day(OPEN, sure(NOON), "anna")
    assert closed == BusinessDay(DAY, BEGIN, SCHEDULE, NOON, "anna")
    assert follow(SITE, closed, sure(NOON)) == AskPerson(None, AskReason.CLOSED)
    assert isinstance(follow(SITE, closed, sure(NOON + timedelta(days=1))), RollOver)


def test_a_person_opens_the_next_day_early_and_the_schedule_keeps_it() -> None:
    closed = close_day(OPEN, sure(NOON), "anna")
    assert isinstance(closed, BusinessDay)
    early = open_day(SITE, closed, NEXT, sure(NOON), "anna")
    assert early == BusinessDay(NEXT, NOON, "anna")
    assert follow(SITE, early, sure(NOON)) == Stay(early)


def test_a_person_cannot_open_the_wrong_day() -> None:
    assert open_day(SITE, OPEN, NEXT, sure(NOON), "anna") is DayProblem.STILL_OPEN
    closed = close_day(OPEN, sure(NOON), "anna")
    assert isinstance(closed, BusinessDay)
    assert open_day(SITE, closed, DAY, sure(NOON), "anna") is DayProblem.NOT_LATER
    assert open_day(SITE, closed, DAY + timedelta(days=2), sure(NOON), "anna") is DayProblem.FAR_FROM_TODAY
    assert close_day(closed, sure(NOON), "anna") is DayProblem.NOT_OPEN
    assert close_day(None, sure(NOON), "anna") is DayProblem.NOT_OPEN


def test_in_doubt_a_person_may_open_any_later_day_and_hears_when_it_was_wrong() -> None:
    closed = close_day(OPEN, doubtful(NOON), "anna")
    assert isinstance(closed, BusinessDay)
    opened = open_day(SITE, closed, DAY + timedelta(days=9), doubtful(NOON), "anna")
    assert isinstance(opened, BusinessDay)
    assert follow(SITE, opened, sure(NOON)) == AskPerson(opened, AskReason.AHEAD)


def test_a_day_does_not_end_before_it_began() -> None:
    closed = close_day(OPEN, doubtful(BEGIN - timedelta(days=2)), "anna")
    assert isinstance(closed, BusinessDay)
    assert closed.closed_at == BEGIN


@given(st.lists(st.tuples(st.integers(-5, 5), st.floats(0, 1000))))
def test_by_schedule_a_day_never_goes_back(steps: list[tuple[int, float]]) -> None:
    last, at = OPEN, NOON
    for days, uncertainty in steps:
        at += timedelta(days=days)
        step = follow(SITE, last, TrustedNow(at, uncertainty))
        if isinstance(step, RollOver):
            assert uncertainty <= SITE.tolerance_seconds
            assert step.opened.day > last.day
            assert step.closed is not None
            last = step.opened


@pytest.mark.parametrize(("wall", "off"), [(1.5, 0.0), (-2.0, 0.0), (62.0, 60.0), (-86402.0, -86400.0)])
def test_how_far_a_wall_clock_is_certainly_off(wall: float, off: float) -> None:
    assert sure(NOON).differs_by(NOON + timedelta(seconds=wall)) == timedelta(seconds=off)
    assert doubtful(NOON).differs_by(NOON + timedelta(seconds=wall)) == timedelta(0)
