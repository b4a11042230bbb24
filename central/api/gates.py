"""Gates: scans, and the state of a ticket."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from central.api.calling import ServiceDep, TerminalDep, WindowDep
from central.gates.admissions import admit
from central.gates.tickets import revoke, standing
from shared.wire.gate import AdmissionAnswer, AdmissionBatch, Revocation, TicketStanding

router = APIRouter()
TicketId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.post("/v1/admissions")
def receive_admissions(central: ServiceDep, terminal: TerminalDep, batch: AdmissionBatch) -> AdmissionAnswer:
    """Keeps scans, each once. A second scan of a ticket is kept too, and brought to a person."""
    now, told_by = central.clock.now(), terminal.terminal_id
    results = central.database.write(
        lambda session: [admit(session, central.site_id, scan, told_by, now) for scan in batch.admissions]
    )
    return AdmissionAnswer(results=results)


@router.get("/v1/tickets/{ticket_id}")
def read_ticket(central: ServiceDep, _terminal: TerminalDep, ticket_id: TicketId) -> TicketStanding:
    """What central knows of a ticket."""
    return central.database.read(lambda session: standing(session, central.site_id, ticket_id))


@router.post("/v1/tickets/{ticket_id}/revocation")
def revoke_ticket(
    central: ServiceDep, _window: WindowDep, ticket_id: TicketId, revocation: Revocation
) -> TicketStanding:
    """The ticket opens nothing from now on, as soon as the gates have heard it."""
    now = central.clock.now()
    return central.database.write(lambda session: revoke(session, central.site_id, ticket_id, revocation, now))
