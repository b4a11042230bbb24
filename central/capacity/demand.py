"""What a terminal sold lately, as far as central knows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.capacity.policy import Demand
from central.storage.tables import LeaseRow, LeaseUnitRow

_LEAST = timedelta(minutes=10)  # a shorter time of selling says nothing of a rate


def recent_demand(
    session: Session, site_id: str, terminal_id: str, product_id: str, now: datetime, recent: timedelta
) -> Demand | None:
    """Tickets on the leases of a product that the terminal got within `recent`; None when it has not sold for long."""
    lately = (
        (LeaseRow.site_id == site_id)
        & (LeaseRow.terminal_id == terminal_id)
        & (LeaseRow.granted_at > now - recent)
        & LeaseRow.slot.startswith(f"{product_id}@", autoescape=True)
        & (LeaseRow.booking_id == "")
    )
    first = session.scalar(select(func.min(LeaseRow.granted_at)).where(lately))
    if first is None or now - first < _LEAST:
        return None
    unit = (LeaseUnitRow.site_id == LeaseRow.site_id) & (LeaseUnitRow.lease_id == LeaseRow.lease_id)
    tickets = session.scalar(select(func.count()).select_from(LeaseUnitRow).join(LeaseRow, unit).where(lately))
    return Demand(tickets or 0, now - first)
