"""The journal's epochs: whose they are, how they are hashed, and that a closed one is never written again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from shared.domain.canonical import instant_text
from shared.errors import Fault, UserError
from shared.storage.journal import Pen
from shared.storage.tables import epoch

SUPERSEDED = "superseded"
RESTORED = "restored"


def enter(connection: Connection, pen: Pen, at: datetime) -> Pen:
    """Goes on in the pen's epoch, or begins it; the pen then hashes as the epoch was begun.

    Raises UserError: NEEDS_NEW_EPOCH when the epoch is closed or an earlier one, OTHER_TERMINAL when it is not the
    pen's.
    """
    found = connection.execute(select(epoch).where(epoch.c.epoch == pen.epoch)).first()
    if found is None:
        return _begin(connection, pen, at)
    if found.closed_because is not None:
        raise UserError(Fault.NEEDS_NEW_EPOCH, f"epoch {pen.epoch} is closed: {found.closed_because}")
    if found.terminal_id != pen.terminal_id or found.public_key not in (None, pen.key.public.raw):
        raise UserError(Fault.OTHER_TERMINAL, f"epoch {pen.epoch} is of {found.terminal_id}")
    if found.public_key is None:
        connection.execute(update(epoch).where(epoch.c.epoch == pen.epoch).values(public_key=pen.key.public.raw))
    return replace(pen, profile=found.profile)


def _begin(connection: Connection, pen: Pen, at: datetime) -> Pen:
    last = last_epoch(connection)
    if pen.epoch < last:
        raise UserError(Fault.NEEDS_NEW_EPOCH, f"epoch {pen.epoch} comes before epoch {last}")
    close_all(connection, SUPERSEDED)
    connection.execute(
        epoch.insert().values(
            epoch=pen.epoch,
            terminal_id=pen.terminal_id,
            public_key=pen.key.public.raw,
            profile=pen.profile,
            opened_at=instant_text(at),
        )
    )
    return pen


def close_all(connection: Connection, reason: str) -> None:
    """Nothing more is written in any epoch that there is, and its leases are frozen."""
    connection.execute(update(epoch).where(epoch.c.closed_because.is_(None)).values(closed_because=reason))


def last_epoch(connection: Connection) -> int:
    """The highest epoch that was ever begun; 0 before the first."""
    return connection.execute(select(func.max(epoch.c.epoch))).scalar() or 0


def needs_new(connection: Connection) -> bool:
    """Whether the terminal must be enrolled anew before it may sell: epochs there were, and all are closed."""
    states: list[Row[Any]] = list(connection.execute(select(epoch.c.closed_because)))
    return bool(states) and all(state.closed_because is not None for state in states)
