"""Days, times and numbers in the visitor's words and the site's own time."""

from __future__ import annotations

from datetime import date, timedelta

from i18n.loader import Translator
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog


def day_name(say: Translator, day: date, today: date) -> str:
    """`Today`, `Tomorrow`, or the weekday; today and tomorrow with their weekday."""
    if day == today:
        return say.gettext("Today, {weekday}").format(weekday=say.weekday(day))
    if day == today + timedelta(days=1):
        return say.gettext("Tomorrow, {weekday}").format(weekday=say.weekday(day))
    return say.weekday(day)


def time_range(say: Translator, catalog: Catalog, slot: SlotKey) -> str:
    """`09:00 – 10:00`, the time of entry; only its beginning when the catalogue no longer has the slot."""
    start = slot.start.astimezone(catalog.zone)
    end = next((s.end for s in catalog.slots_on(slot.product_id, start.date()) if s.key == slot), None)
    if end is None:
        return say.time(start)
    return f"{say.time(start)} – {say.time(end.astimezone(catalog.zone))}"


def visitors(say: Translator, count: int) -> str:
    """`3 visitors`."""
    return say.ngettext("{count} visitor", "{count} visitors", count).format(count=say.number(count))
