"""Shifts as their events tell them: opened with a float, closed with a count, corrected by a person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.ingest.misfit import MisfitError
from central.storage.tables import ShiftRow
from shared.domain.journal import JournalEvent
from shared.domain.shift import events as ev


def apply_shift(session: Session, site_id: str, row: JournalEvent, event: ev.ShiftEvent) -> None:
    """Folds one shift event in. A terminal has one shift open at a time, so the others are of the last one.

    Raises MisfitError when there is none, or when a number comes twice.
    """
    if isinstance(event, ev.ShiftOpened):
        _open(session, site_id, row, event)
        return
    if not isinstance(event, ev.ShiftClosed | ev.ShiftCorrected):
        return  # what the drawer took and gave is in the Z report's figures
    shift = _last(session, site_id, row)
    if isinstance(event, ev.ShiftClosed):
        shift.expected_minor, shift.closed_at, shift.closed_by = event.expected.minor, row.at, event.by
    shift.counted_minor, shift.z_number = event.counted.minor, event.z_number


def _open(session: Session, site_id: str, row: JournalEvent, event: ev.ShiftOpened) -> None:
    if session.get(ShiftRow, (site_id, row.terminal_id, row.epoch, event.number)) is not None:
        raise MisfitError("shift_opened_twice", f"shift {event.number}")
    session.add(
        ShiftRow(
            site_id=site_id,
            terminal_id=row.terminal_id,
            epoch=row.epoch,
            number=event.number,
            drawer=event.drawer,
            business_day=event.business_day,
            currency=event.currency,
            opened_by=event.by,
            opened_at=row.at,
            float_minor=sum(pieces.value.minor * pieces.count for pieces in event.float),
            expected_minor=None,
            counted_minor=None,
            z_number=0,
            closed_by="",
            closed_at="",
        )
    )


def _last(session: Session, site_id: str, row: JournalEvent) -> ShiftRow:
    query = select(ShiftRow).filter_by(site_id=site_id, terminal_id=row.terminal_id, epoch=row.epoch)
    found = session.scalars(query.order_by(ShiftRow.number.desc()).limit(1)).one_or_none()
    if found is None:
        raise MisfitError("unknown_shift")
    return found
