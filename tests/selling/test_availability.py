"""Places left on the screen: never more than may be sold, and an honest word when the line is down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.domain.capacity import SlotKey
from shared.domain.catalog import Slot
from shared.selling.availability import CentralPlaces, SlotState, slot_views

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY = SlotKey("entry", NOW)
SLOT = Slot(KEY, NOW + timedelta(minutes=30), 100)


def test_online_the_area_s_places_are_shown_and_own_and_free_ones_may_be_sold() -> None:
    (view,) = slot_views([SLOT], {KEY: 5}, {KEY: CentralPlaces(left=80, free=60)}, NOW)
    assert (view.state, view.places, view.sellable) == (SlotState.OPEN, 80, 65)


def test_offline_only_the_machine_s_own_share_counts() -> None:
    (view,) = slot_views([SLOT], {KEY: 5}, None, NOW)
    assert (view.state, view.places, view.sellable) == (SlotState.OPEN, 5, 5)


def test_offline_with_the_share_used_up_it_is_the_window_s() -> None:
    (view,) = slot_views([SLOT], {}, None, NOW)
    assert view.state is SlotState.WINDOW_ONLY


def test_online_with_nothing_free_it_is_full() -> None:
    (view,) = slot_views([SLOT], {}, {KEY: CentralPlaces(left=3, free=0)}, NOW)
    assert (view.state, view.sellable) == (SlotState.FULL, 0)


def test_a_slot_central_never_spoke_of_sells_nothing_new() -> None:
    (view,) = slot_views([SLOT], {}, {}, NOW)
    assert view.state is SlotState.FULL


def test_a_slot_whose_time_of_entry_is_over_is_past() -> None:
    (view,) = slot_views([SLOT], {KEY: 5}, None, NOW + timedelta(minutes=30))
    assert view.state is SlotState.PAST
