"""Slots from the catalogue as rows of places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from central.storage.tables import SlotRow
from shared.domain.catalog import Catalog, Slot

log = structlog.get_logger()


def coming_slots(catalog: Catalog, now: datetime, days: int) -> Iterator[Slot]:
    """Every slot of today and the `days` after it, by the site's own calendar, that is not over."""
    today = now.astimezone(catalog.zone).date()
    for product in catalog.products:
        for offset in range(days + 1):
            for slot in catalog.slots_on(product.product_id, today + timedelta(days=offset)):
                if slot.end > now:
                    yield slot


def open_slots(session: Session, site_id: str, catalog: Catalog, now: datetime, days: int) -> None:
    """Makes a row for every coming slot and follows a changed capacity as far as places are free."""
    for slot in coming_slots(catalog, now, days):
        row = session.get(SlotRow, (site_id, str(slot.key)), with_for_update=True)
        if row is None:
            session.add(_new_row(site_id, slot))
        elif row.capacity != slot.capacity:
            _resize(row, slot.capacity)


def _new_row(site_id: str, slot: Slot) -> SlotRow:
    return SlotRow(
        site_id=site_id,
        slot=str(slot.key),
        starts_at=slot.key.start,
        ends_at=slot.end,
        capacity=slot.capacity,
        buffer=0,
        free=slot.capacity,
        outstanding=0,
        sold=0,
    )


def _resize(row: SlotRow, capacity: int) -> None:
    change = capacity - row.capacity
    if row.free + change < 0:
        log.warning("capacity_not_reduced", slot=row.slot, wanted=capacity, kept=row.capacity, free=row.free)
        return
    row.capacity, row.free = capacity, row.free + change
