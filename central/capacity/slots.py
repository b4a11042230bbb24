"""Slots from the catalogue as rows of places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from central.audit.chain import record
from central.refusal import RefusalError
from central.storage.rows import insert_absent
from central.storage.tables import SlotRow
from shared.domain.catalog import Catalog, Slot
from shared.wire.problem import Problem

log = structlog.get_logger()


def coming_slots(catalog: Catalog, now: datetime, days: int) -> Iterator[Slot]:
    """Every slot of today and the `days` after it, by the site's own calendar, that is not over."""
    today = now.astimezone(catalog.zone).date()
    for product in catalog.products:
        for offset in range(days + 1):
            for slot in catalog.slots_on(product.product_id, today + timedelta(days=offset)):
                if slot.end > now:
                    yield slot


def open_slots(
    session: Session, site_id: str, catalog: Catalog, now: datetime, days: int, reserve: Callable[[str, int], int]
) -> None:
    """Makes a row for every coming slot and follows a changed capacity as far as places are free.

    `reserve` says how many places of a product's new slot of a capacity are kept for the windows.
    """
    for slot in coming_slots(catalog, now, days):
        kept = reserve(slot.key.product_id, slot.capacity)
        if insert_absent(session, SlotRow, **_new_values(site_id, slot, kept)):
            continue
        row = session.get_one(SlotRow, (site_id, str(slot.key)), with_for_update=True)
        if row.capacity != slot.capacity:
            _resize(row, slot.capacity)


def set_reserve(session: Session, site_id: str, slot: str, places: int, author: str, now: datetime) -> SlotRow:
    """A person changes what a slot keeps for the windows. Raises RefusalError when so many are not free."""
    row = session.get(SlotRow, (site_id, slot), with_for_update=True)
    if row is None:
        raise RefusalError(Problem.UNKNOWN_SLOT)
    if row.free + row.buffer < places:
        raise RefusalError(Problem.FULL, f"{row.free + row.buffer} places are left")
    row.free, row.buffer = row.free + row.buffer - places, places
    record(session, site_id, now, author, "reserve_set", slot, places=places)
    return row


def _new_values(site_id: str, slot: Slot, kept: int) -> dict[str, object]:
    return {
        "site_id": site_id,
        "slot": str(slot.key),
        "starts_at": slot.key.start,
        "ends_at": slot.end,
        "capacity": slot.capacity,
        "buffer": kept,
        "free": slot.capacity - kept,
        "outstanding": 0,
        "sold": 0,
    }


def _resize(row: SlotRow, capacity: int) -> None:
    change = capacity - row.capacity
    if row.free + change < 0:
        log.warning("capacity_not_reduced", slot=row.slot, wanted=capacity, kept=row.capacity, free=row.free)
        return
    row.capacity, row.free = capacity, row.free + change
