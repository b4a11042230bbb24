"""Slots follow from templates, in the site's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shared.domain.capacity import SlotKey
from shared.domain.catalog import catalog_from_document
from shared.domain.catalog.slots import SlotTemplate, slots_of
from tests.domain.catalog.examples import document

MORNING = SlotTemplate(time(8), time(9), 30, 30, 100)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def test_slots_start_in_the_sites_time_and_have_keys_in_utc() -> None:
    slots = catalog_from_document(document()).slots_on("entry", date(2026, 11, 23))
    assert [str(slot.key) for slot in slots] == [
        "entry@2026-11-23T00:00Z",
        "entry@2026-11-23T00:30Z",
        "entry@2026-11-23T01:00Z",
    ]
    assert slots[0].end == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def test_there_are_no_slots_of_what_is_not_sold() -> None:
    catalog = catalog_from_document(document())
    assert catalog.slots_on("annual", date(2026, 11, 23)) == ()
    with pytest.raises(KeyError):
        catalog.slots_on("ski", date(2026, 11, 23))


def test_a_template_holds_on_its_weekdays_and_days() -> None:
    template = SlotTemplate(time(8), time(8), 30, 30, 5, (6, 7), date(2026, 11, 1), date(2026, 11, 22))
    days = [date(2026, 10, 31), date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 28)]
    assert [len(slots_of("p", [template], day, SHANGHAI)) for day in days] == [0, 0, 1, 1, 0]


def test_templates_at_one_time_add_their_capacities() -> None:
    extra = SlotTemplate(time(8, 30), time(8, 30), 30, 60, 20)
    found = slots_of("p", [extra, MORNING], date(2026, 11, 23), SHANGHAI)
    assert [slot.capacity for slot in found] == [100, 120, 100]
    assert found[1].end == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_has_no_slot() -> None:
    template = SlotTemplate(time(1, 30), time(3, 30), 60, 30, 1)
    found = slots_of("p", [template], date(2026, 3, 29), BERLIN)
    assert [slot.key.start.astimezone(BERLIN).time() for slot in found] == [time(1, 30), time(3, 30)]


def test_a_time_that_comes_twice_has_one_slot() -> None:
    template = SlotTemplate(time(2, 30), time(2, 30), 60, 30, 1)
    found = slots_of("p", [template], date(2026, 10, 25), BERLIN)
    assert [slot.key for slot in found] == [SlotKey("p", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))]
