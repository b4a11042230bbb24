"""Places left per slot, as a projection that is published when it changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.feed.entries import publish, withdraw
from central.storage.tables import FeedRow, LeaseRow, LeaseUnitRow, SlotRow
from central.storage.tables.capacity import OUTSTANDING
from shared.domain.canonical import instant_text

Places = Mapping[str, Mapping[str, object]]


def places_now(session: Session, site_id: str, now: datetime) -> Places:
    """The feed entry of every slot that is not over. `left` counts tickets on open leases as sold."""
    issued = _issued(session, site_id)
    query = select(SlotRow).where(SlotRow.site_id == site_id, SlotRow.ends_at > now)
    return {
        row.slot: {
            "slot": row.slot,
            "end": instant_text(row.ends_at),
            "capacity": row.capacity,
            "free": row.free,
            "left": row.free + row.outstanding - issued.get(row.slot, 0),
        }
        for row in session.scalars(query)
    }


def published(session: Session, site_id: str) -> Places:
    """What the feed says of places, by slot."""
    query = select(FeedRow).where(FeedRow.site_id == site_id, FeedRow.kind == "places")
    entries = {row.subject: json.loads(row.document) for row in session.scalars(query)}
    return {slot: {key: value for key, value in entry.items() if key != "kind"} for slot, entry in entries.items()}


def publish_changes(session: Session, site_id: str, before: Places, now: Places) -> None:
    """Publishes what differs from `before` and withdraws slots that are over."""
    for slot, entry in now.items():
        if before.get(slot) != entry:
            publish(session, site_id, "places", slot, entry)
    over = [slot for slot in before if slot not in now]
    if over:
        withdraw(session, site_id, "places", over)


def _issued(session: Session, site_id: str) -> dict[str, int]:
    query = (
        select(LeaseRow.slot, func.count())
        .join(
            LeaseUnitRow,
            (LeaseUnitRow.site_id == LeaseRow.site_id) & (LeaseUnitRow.lease_id == LeaseRow.lease_id),
        )
        .where(LeaseRow.site_id == site_id, LeaseRow.state == OUTSTANDING, LeaseRow.booking_id == "")
        .group_by(LeaseRow.slot)
    )
    return dict(session.execute(query).all())
