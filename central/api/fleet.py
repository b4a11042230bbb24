"""The fleet: heart-beats of terminals; for windows, how all terminals are and what they are told to do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session

from central.api.calling import ServiceDep, TerminalDep, WindowDep
from central.fleet.alarms import alarms, watch_these
from central.fleet.commands import give, given, take_receipts, waiting
from central.fleet.commissioning import report, reports, take
from central.fleet.heartbeats import fleet, keep
from shared.wire.commissioning import CommissioningPage, CommissioningReceipt, SignedReport
from shared.wire.fleet import (
    AlarmPage,
    CommandOrder,
    CommandPage,
    CommandStanding,
    FleetPage,
    Heartbeat,
    HeartbeatAnswer,
)

router = APIRouter()
_MOST = 200
Limit = Annotated[int, Query(ge=1, le=_MOST)]


@router.post("/v1/heartbeat")
def receive_heartbeat(central: ServiceDep, terminal: TerminalDep, beat: Heartbeat) -> HeartbeatAnswer:
    """Keeps how the terminal is, and tells it what it is to do. A command is repeated until its receipt came."""
    site_id, terminal_id, now = central.site_id, terminal.terminal_id, central.clock.now()

    def work(session: Session) -> HeartbeatAnswer:
        told = keep(session, site_id, terminal_id, beat, now)
        watch_these(session, site_id, [told], central.settings.alarms.thresholds(), now)
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


@router.get("/v1/alarms")
def list_alarms(
    central: ServiceDep, _window: WindowDep, limit: Limit = _MOST, cleared: Annotated[bool, Query()] = False
) -> AlarmPage:
    """What about the terminals needs a person's eye; `cleared`: also what did before."""
    found = central.database.read(lambda session: alarms(session, central.site_id, limit + 1, also_cleared=cleared))
    return AlarmPage(alarms=found[:limit], more=len(found) > limit)


@router.post("/v1/commissioning")
def receive_report(central: ServiceDep, terminal: TerminalDep, signed: SignedReport) -> CommissioningReceipt:
    """Keeps a doctor's report that the terminal signed, once."""
    now = central.clock.now()
    return central.database.write(lambda session: take(session, central.site_id, terminal, signed, now))


@router.get("/v1/commissioning")
def list_reports(central: ServiceDep, _window: WindowDep, limit: Limit = _MOST) -> CommissioningPage:
    """The doctor's reports, the newest first."""
    return CommissioningPage(
        reports=list(central.database.read(lambda session: reports(session, central.site_id, limit)))
    )


@router.get("/v1/commissioning/{report_id}")
def read_report(
    central: ServiceDep, _window: WindowDep, report_id: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> SignedReport:
    """One report with its signature, as it came."""
    return central.database.read(lambda session: report(session, central.site_id, bytes.fromhex(report_id)))
