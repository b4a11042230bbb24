"""Days and times as a screen says them."""

from __future__ import annotations

from datetime import date, timedelta

from i18n.loader import load
from kiosk.screens.times import day_name, time_range
from shared.domain.capacity import SlotKey
from tests.kiosk.journey import HOUSE, OPEN_SLOT

MONDAY = date(2026, 11, 23)


def test_days_are_named_from_today_on() -> None:
    say = load("en")
    named = [day_name(say, MONDAY + timedelta(days=ahead), MONDAY) for ahead in range(3)]
    assert named == ["Today, Monday", "Tomorrow, Tuesday", "Wednesday"]


def test_times_are_the_sites_own() -> None:
    assert time_range(load("ru"), HOUSE.catalog, OPEN_SLOT) == "09:00 – 09:30"


def test_a_slot_that_left_the_catalogue_still_has_its_beginning() -> None:
    lost = SlotKey(OPEN_SLOT.product_id, OPEN_SLOT.start + timedelta(minutes=7))
    assert time_range(load("en"), HOUSE.catalog, lost) == "09:07"
