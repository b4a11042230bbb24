"""Places that a channel sells straight out of a slot: held for some minutes, then booked or given back.

One statement each: it locks the slot, decides and counts. The conditions make I1 hold whoever comes first.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from central.storage.tables import SlotRow


def hold(session: Session, site_id: str, slot: str, units: int, now: datetime) -> bool:
    """Free places become held ones; False when too few are free, or there is no such slot, or it is over."""
    counts = {"free": SlotRow.free - units, "outstanding": SlotRow.outstanding + units, "held": SlotRow.held + units}
    return _change(session, site_id, slot, (SlotRow.free >= units) & (SlotRow.ends_at > now), counts)


def book(session: Session, site_id: str, slot: str, units: int) -> bool:
    """Held places become booked ones."""
    counts = {
        "held": SlotRow.held - units,
        "outstanding": SlotRow.outstanding - units,
        "booked": SlotRow.booked + units,
        "sold": SlotRow.sold + units,
    }
    return _change(session, site_id, slot, SlotRow.held >= units, counts)


def release(session: Session, site_id: str, slot: str, units: int) -> bool:
    """Held places are free again."""
    counts = {"held": SlotRow.held - units, "outstanding": SlotRow.outstanding - units, "free": SlotRow.free + units}
    return _change(session, site_id, slot, SlotRow.held >= units, counts)


def give_back(session: Session, site_id: str, slot: str, units: int) -> bool:
    """Booked places are free again."""
    counts = {"booked": SlotRow.booked - units, "sold": SlotRow.sold - units, "free": SlotRow.free + units}
    return _change(session, site_id, slot, SlotRow.booked >= units, counts)


def _change(
    session: Session, site_id: str, slot: str, possible: ColumnElement[bool], counts: dict[str, ColumnElement[int]]
) -> bool:
    statement = (
        update(SlotRow)
        .where(SlotRow.site_id == site_id, SlotRow.slot == slot, possible)
        .values(counts)
        .returning(SlotRow.slot)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None
