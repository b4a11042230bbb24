"""Where, when and how often a ticket opens the gate, by the kind of its product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from shared.domain.catalog.kinds import (
    AddOn,
    AnnualPass,
    Combination,
    Companion,
    DayEntry,
    MultiEntry,
    NightEntry,
    Show,
    TimedEntry,
    TimesCard,
)
from shared.domain.catalog.model import Catalog, Product, Site


@dataclass(frozen=True)
class Validity:
    """`entries` times (None: any number) from `start` until before `end` (UTC), at a site, as a product."""

    product_id: str
    site_id: str
    start: datetime
    end: datetime
    entries: int | None = 1


def validity_of(
    catalog: Catalog, product_id: str, visit: date, slot_start: datetime | None = None
) -> tuple[Validity, ...]:
    """What a ticket for the day of the visit opens, one entry for each part of a combination.

    `slot_start` (UTC) is that of the ticket's slot, where it has one. Raises KeyError when there is no such product.
    """
    return _validity(catalog, catalog.product(product_id), visit, slot_start)


def _validity(catalog: Catalog, product: Product, visit: date, slot: datetime | None) -> tuple[Validity, ...]:
    match product.kind:
        case Combination(parts):
            return tuple(_days(catalog, part.product_id, visit, part.valid_days, 1, part.site) for part in parts)
        case TimedEntry() | NightEntry() | Show() | Companion() | AddOn():
            return (_slot(catalog, product, visit, slot),)
        case DayEntry(days):
            return (_days(catalog, product.product_id, visit, days, days),)
        case MultiEntry(entries, within_days):
            return (_days(catalog, product.product_id, visit, within_days, entries),)
        case AnnualPass(valid_days):
            return (_days(catalog, product.product_id, visit, valid_days, None),)
        case TimesCard(times, valid_days):
            return (_days(catalog, product.product_id, visit, valid_days, times),)
        case _:
            assert_never(product.kind)


def _slot(catalog: Catalog, product: Product, visit: date, slot: datetime | None) -> Validity:
    if slot is None:
        return _days(catalog, product.product_id, visit, 1, 1)
    end = slot + timedelta(minutes=product.valid_minutes)
    return Validity(product.product_id, catalog.site.site_id, slot, end)


def _days(
    catalog: Catalog, product_id: str, visit: date, days: int, entries: int | None, site: str | None = None
) -> Validity:
    """Whole days in the time of the site where they hold."""
    where = next((each for each in catalog.partner_sites if each.site_id == site), catalog.site)
    end = _midnight(where, visit + timedelta(days=days))
    return Validity(product_id, where.site_id, _midnight(where, visit), end, entries)


def _midnight(site: Site, day: date) -> datetime:
    return datetime.combine(day, time(0), ZoneInfo(site.timezone)).astimezone(UTC)
