"""The fleet: heart-beats of terminals; for windows, how all terminals are and what they are told to do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep, TerminalDep, WindowDep
from central.fleet.commands import give, given, take_receipts, waiting
from central.fleet.heartbeats import fleet, keep
from shared.wire.fleet import CommandOrder, CommandPage, CommandStanding, FleetPage, Heartbeat, HeartbeatAnswer

router = APIRouter()
_MOST = 200
Limit = Annotated[int, Query(ge=1, le=_MOST)]


@router.post("/v1/heartbeat")
def receive_heartbeat(central: ServiceDep, terminal: TerminalDep, beat: Heartbeat) -> HeartbeatAnswer:
    """Keeps how the terminal is, and tells it what it is to do. A command is repeated until its receipt came."""
    site_id, terminal_id, now = central.site_id, terminal.terminal_id, central.clock.now()

    def work(session: Session) -> HeartbeatAnswer:
        keep(session, site_id, terminal_id, beat, now)
        take_receipts(session, site_id, terminal_id, beat.receipts, now)
        session.flush()
        return HeartbeatAnswer(commands=waiting(session, site_id, terminal_id))

    return central.database.write(work)


@router.get("/v1/fleet")
def list_terminals(central: ServiceDep, _window: WindowDep) -> FleetPage:
    """Every terminal as it last told of itself."""
    now, patience = central.clock.now(), central.settings.alarms.offline_after
    return FleetPage(terminals=central.database.read(lambda session: fleet(session, central.site_id, now, patience)))


@router.post("/v1/terminals/{terminal_id}/commands", status_code=201)
def give_command(
    central: ServiceDep, _window: WindowDep, terminal_id: Annotated[str, Path(max_length=64)], order: CommandOrder
) -> CommandStanding:
    """A command waits for its terminal, which hears of it with its next heart-beat."""
    now = central.clock.now()
    return central.database.write(lambda session: give(session, central.site_id, terminal_id, order, now, central.ids))


@router.get("/v1/commands")
def list_commands(central: ServiceDep, _window: WindowDep, limit: Limit = _MOST) -> CommandPage:
    """The newest commands and how far they came."""
    return CommandPage(commands=central.database.read(lambda session: given(session, central.site_id, limit)))
