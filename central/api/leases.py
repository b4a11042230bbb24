"""Leases: asking for places, settling."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep, TerminalDep
from central.capacity.leases import settle, unheld
from shared.domain.capacity import Lease
from shared.wire.lease import (
    LeaseAnswer,
    LeaseDocument,
    LeaseRequest,
    LeaseWish,
    SettlementAnswer,
    SettlementRequest,
)

router = APIRouter()


@router.post("/v1/leases")
def ask_for_leases(central: ServiceDep, terminal: TerminalDep, asked: LeaseRequest) -> LeaseAnswer:
    """Grants what is free. A lease of the terminal's own that it does not know of (a lost answer) comes first."""
    now = central.clock.now()
    grantor = central.grantor
    holding = {bytes.fromhex(lease_id) for lease_id in asked.holding}

    def work(session: Session) -> LeaseAnswer:
        lost = unheld(session, central.site_id, terminal, holding)
        again = [grantor.signed(row, terminal, now) for row in lost]
        wants = [wish for wish in asked.wants if not any(_fulfils(lease, wish) for lease in again)]
        # in one order for everybody: two requests never wait for each other's slots
        wants.sort(key=lambda wish: wish.slot)
        answers = [grantor.grant(session, terminal, wish, now) for wish in wants]
        granted = [answer for answer in answers if isinstance(answer, Lease)]
        denied = [answer for answer in answers if not isinstance(answer, Lease)]
        return LeaseAnswer(leases=[LeaseDocument.of(lease) for lease in (*again, *granted)], denied=denied)

    return central.database.write(work)


def _fulfils(lease: Lease, wish: LeaseWish) -> bool:
    return str(lease.slot) == wish.slot and lease.granted_at < lease.sell_until and (wish.units or 1) <= lease.units


@router.post("/v1/leases/{lease_id}/settlement")
def settle_lease(
    central: ServiceDep,
    terminal: TerminalDep,
    lease_id: Annotated[str, Path(pattern="^[0-9a-f]{16}$")],
    settlement: SettlementRequest,
) -> SettlementAnswer:
    """Takes back what was not used. The same settlement again gets the same answer."""
    now = central.clock.now()
    returned = central.database.write(
        lambda session: settle(session, central.site_id, terminal, bytes.fromhex(lease_id), settlement.used, now)
    )
    return SettlementAnswer(lease_id=lease_id, used=settlement.used, returned=returned)
