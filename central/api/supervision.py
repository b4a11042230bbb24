"""What supervisors see and decide, asked through the terminal at which they stand: it signs, the body names them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep, WindowDep
from central.capacity.dead_epochs import settle_stranded, stranded
from central.capacity.leases import units_with_tickets
from central.capacity.slots import set_reserve
from central.ingest.exceptions import Found, open_exceptions, settle_exception
from central.storage.tables import LeaseRow, SlotRow
from shared.domain.canonical import instant_text
from shared.wire.base import MAX_WHOLE_NUMBER, SlotText
from shared.wire.lease import SettlementAnswer
from shared.wire.supervision import (
    ExceptionDocument,
    ExceptionPage,
    ExceptionSettlement,
    ReserveChange,
    SlotStanding,
    StrandedLease,
    StrandedLeases,
    WriteOff,
)

router = APIRouter()
_MOST = 200
Identifier = Annotated[str, Path(max_length=64)]
Ordinal = Annotated[int, Path(ge=1, le=MAX_WHOLE_NUMBER)]


@router.get("/v1/exceptions")
def list_exceptions(
    central: ServiceDep, _window: WindowDep, limit: Annotated[int, Query(ge=1, le=_MOST)] = _MOST
) -> ExceptionPage:
    """Events that need a person, the oldest first."""
    found = central.database.read(lambda session: open_exceptions(session, central.site_id, limit + 1))
    return ExceptionPage(exceptions=[_exception(each) for each in found[:limit]], more=len(found) > limit)


@router.post("/v1/exceptions/{terminal_id}/{epoch}/{seq}/settlement", status_code=204)
def settle_one_exception(
    central: ServiceDep,
    _window: WindowDep,
    terminal_id: Identifier,
    epoch: Ordinal,
    seq: Ordinal,
    settlement: ExceptionSettlement,
) -> None:
    """A person settles an exception. Settled once, it is not found again."""
    now, key = central.clock.now(), (terminal_id, epoch, seq)
    central.database.write(lambda session: settle_exception(session, central.site_id, key, settlement, now))


@router.get("/v1/stranded-leases")
def list_stranded(central: ServiceDep, _window: WindowDep) -> StrandedLeases:
    """Leases that no terminal can settle any more."""

    def work(session: Session) -> list[StrandedLease]:
        return [_stranded(session, row) for row in stranded(session, central.site_id)]

    return StrandedLeases(leases=central.database.read(work))


@router.post("/v1/stranded-leases/{lease_id}/settlement")
def write_off(
    central: ServiceDep,
    _window: WindowDep,
    lease_id: Annotated[str, Path(pattern="^[0-9a-f]{16}$")],
    settlement: WriteOff,
) -> SettlementAnswer:
    """A person says what was sold from a stranded lease; the other units are free again."""
    now, used = central.clock.now(), settlement.used
    row = central.database.write(
        lambda session: settle_stranded(session, central.site_id, bytes.fromhex(lease_id), used, settlement.author, now)
    )
    return SettlementAnswer(lease_id=lease_id, used=used, returned=row.units - used)


@router.put("/v1/slots/{slot}/reserve")
def change_reserve(central: ServiceDep, _window: WindowDep, slot: SlotText, change: ReserveChange) -> SlotStanding:
    """How many of a slot's places only windows sell."""
    now = central.clock.now()
    return _standing(
        central.database.write(
            lambda session: set_reserve(session, central.site_id, slot, change.places, change.author, now)
        )
    )


def _exception(found: Found) -> ExceptionDocument:
    row, kind = found
    return ExceptionDocument(
        terminal_id=row.terminal_id,
        epoch=row.epoch,
        seq=row.seq,
        type=kind,
        kind=row.kind,
        detail=row.detail,
        raised_at=instant_text(row.raised_at),
    )


def _stranded(session: Session, row: LeaseRow) -> StrandedLease:
    return StrandedLease(
        lease_id=row.lease_id.hex(),
        terminal_id=row.terminal_id,
        epoch=row.epoch,
        slot=row.slot,
        units=row.units,
        known=units_with_tickets(session, row.site_id, row.lease_id),
    )


def _standing(row: SlotRow) -> SlotStanding:
    return SlotStanding(
        slot=row.slot,
        capacity=row.capacity,
        reserve=row.buffer,
        free=row.free,
        outstanding=row.outstanding,
        sold=row.sold,
        held=row.held,
        booked=row.booked,
        oversold=row.oversold,
    )
