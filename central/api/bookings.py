"""Bookings at terminals: found, taken by one of them, given out ahead."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep, TerminalDep
from central.bookings.ahead import Wrapper
from central.bookings.collecting import Taken, collect, look_up, not_taken
from central.bookings.document import booking_of
from central.refusal import RefusalError
from central.site_days import span_of
from shared.wire.collecting import (
    MAX_AHEAD,
    AheadAnswer,
    AheadRequest,
    CollectableBooking,
    Collection,
    LookUpAnswer,
    LookUpRequest,
)
from shared.wire.lease import LeaseDocument
from shared.wire.problem import Problem

router = APIRouter()


@router.post("/v1/bookings/look-up")
def look_up_bookings(central: ServiceDep, _terminal: TerminalDep, asked: LookUpRequest) -> LookUpAnswer:
    """The bookings that an order code, a telephone or a document number finds."""
    contacts = central.desk.contacts
    found = central.database.read(lambda s: look_up(s, central.site_id, contacts, asked.kind, asked.value))
    return LookUpAnswer(bookings=[CollectableBooking.of(booking_of(row), name) for row, name in found])


@router.post("/v1/bookings/{booking_id}/collection")
def collect_booking(
    central: ServiceDep, terminal: TerminalDep, booking_id: Annotated[str, Path(pattern="^b-[0-9a-f]{16}$")]
) -> Collection:
    """Gives a booking to the terminal, with the lease of its places. Only one terminal gets it."""
    now = central.clock.now()
    row, lease = central.database.write(lambda session: collect(session, central.grantor, terminal, booking_id, now))
    return Collection(booking=CollectableBooking.of(booking_of(row)), lease=LeaseDocument.of(lease))


@router.post("/v1/bookings/ahead")
def give_out_ahead(central: ServiceDep, terminal: TerminalDep, asked: AheadRequest) -> AheadAnswer:
    """The next bookings of a day that nobody has, for this terminal to collect without a line."""
    now = central.clock.now()
    begin, end = span_of(_day(asked.day), central.area.catalog.zone)

    def work(session: Session) -> tuple[list[Taken], bool]:
        ids = not_taken(session, central.site_id, max(begin, now), end, MAX_AHEAD + 1)
        mine = [collect(session, central.grantor, terminal, each, now, ahead=True) for each in sorted(ids[:MAX_AHEAD])]
        return mine, len(ids) > MAX_AHEAD

    taken, more = central.database.write(work)
    wrapper = Wrapper(central.desk.contacts, central.ids, bytes.fromhex(asked.salt))
    entries, bookings = wrapper.wrap([row for row, _ in taken])
    leases = [LeaseDocument.of(lease) for _, lease in taken]
    return AheadAnswer(entries=entries, bookings=bookings, leases=leases, more=more)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RefusalError(Problem.INVALID, "there is no such day") from error
