"""What anybody may ask: health, version, public keys; and the totals, for terminals."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep, TerminalDep
from central.fleet.terminals import keyring
from central.refusal import RefusalError
from central.storage.tables import RefundRow, SaleRow, TicketRow
from central.storage.tables.sales import LIVE
from shared.wire.about import Health, Summary, VersionInfo
from shared.wire.base import API_VERSION
from shared.wire.feed import KeyRing
from shared.wire.problem import Problem

router = APIRouter()


@router.get("/healthz")
def alive() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/readyz")
def ready(central: ServiceDep, request: Request) -> Health:
    """The database answers and the places are kept fresh."""
    central.database.read(lambda session: session.execute(select(1)).all())
    if not request.app.state.projector.works:
        raise RefusalError(Problem.NOT_READY, "the places are not up to date")
    return Health(status="ok")


@router.get("/v1/version")
def version(central: ServiceDep) -> VersionInfo:
    """The site and the versions of the interface."""
    return VersionInfo(site_id=central.site_id, api_versions=[API_VERSION])


@router.get("/v1/keys")
def keys(central: ServiceDep) -> KeyRing:
    """The public keys of central and of every terminal: enough to verify a ticket."""
    ring = central.database.read(lambda session: keyring(session, central.site_id, central.key.public))
    return KeyRing.model_validate(json.loads(ring.to_json()))


@router.get("/v1/summary")
def summary(central: ServiceDep, _terminal: TerminalDep) -> Summary:
    """For terminals: how many sales were paid, their live tickets, and their sum in minor units."""
    return central.database.read(lambda session: _summary(session, central.site_id))


def _summary(session: Session, site_id: str) -> Summary:
    paid = (SaleRow.site_id == site_id) & SaleRow.paid_attempt.is_not(None)
    sales, total = session.execute(select(func.count(), func.sum(SaleRow.total_minor)).where(paid)).one()
    same_sale = (TicketRow.site_id == SaleRow.site_id) & (TicketRow.sale_id == SaleRow.sale_id)
    tickets = select(func.count()).select_from(TicketRow).join(SaleRow, same_sale).where(paid, TicketRow.state == LIVE)
    refunds, back = _refunded(session, site_id)
    return Summary(
        sales=sales,
        tickets=session.scalar(tickets) or 0,
        total_minor=int(total or 0),
        refunds=refunds,
        refunded_minor=back,
    )


def _refunded(session: Session, site_id: str) -> tuple[int, int]:
    """How many refunds were granted, and what they gave back or credited."""
    granted = RefundRow.outcome.not_in(["queued", "dropped"])
    back = func.sum(RefundRow.value_minor - RefundRow.fee_minor)
    number, minor = session.execute(select(func.count(), back).where(RefundRow.site_id == site_id, granted)).one()
    return number, int(minor or 0)
