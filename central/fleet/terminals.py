"""Terminals in service: enrolled, found by their key, put in quarantine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.fleet.codes import redeem
from central.refusal import RefusalError
from central.storage.tables import TerminalRow
from central.storage.tables.fleet import ACTIVE, KIOSK, QUARANTINED
from shared.security.keys import Keyring, PublicKey
from shared.wire.problem import Problem

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Terminal:
    """Who made a request."""

    terminal_id: str
    key: PublicKey
    epoch: int
    quarantined: bool
    mode: str = KIOSK


def enrol(
    session: Session,
    site_id: str,
    code: str,
    name: str,
    key: PublicKey,
    now: datetime,
    ids: Callable[[int], bytes],
    after_epoch: int = 0,
) -> Terminal | Problem:
    """Takes a terminal into service. A problem is returned, not raised: the attempt it cost must be committed.

    A key that is in service gets its own identity again, without a code: the answer may have been lost on the way.
    With a code it goes on in an epoch above `after_epoch` and its own: its database was restored from a backup.
    """
    known = find(session, site_id, key.key_id.hex())
    if known is not None and known.epoch > after_epoch:
        return known
    mode = redeem(session, site_id, code, now)
    if mode is None:
        return Problem.CODE_REFUSED
    if known is not None:
        return _begin_epoch(session, site_id, known, after_epoch + 1)
    row = TerminalRow(
        site_id=site_id,
        terminal_id=f"t-{ids(4).hex()}",
        name=name,
        public_key=key.raw,
        key_id=key.key_id.hex(),
        epoch=after_epoch + 1,
        state=ACTIVE,
        state_reason="",
        enrolled_at=now,
        mode=mode,
    )
    session.add(row)
    session.flush()
    log.info("terminal_enrolled", terminal=row.terminal_id, key=row.key_id)
    return _terminal(row)


def _begin_epoch(session: Session, site_id: str, known: Terminal, epoch: int) -> Terminal:
    """The leases of its earlier epochs stay out until a person settles them: nobody knows what was sold from them."""
    row = session.get_one(TerminalRow, (site_id, known.terminal_id))
    row.epoch = epoch
    session.flush()
    log.warning("epoch_begun", terminal=known.terminal_id, epoch=epoch)
    return _terminal(row)


def find(session: Session, site_id: str, key_id: str) -> Terminal | None:
    """The terminal of a key (8 hex digits)."""
    row = session.scalars(select(TerminalRow).filter_by(site_id=site_id, key_id=key_id)).one_or_none()
    return None if row is None else _terminal(row)


def quarantine(session: Session, site_id: str, terminal_id: str, reason: str) -> None:
    """From now on every request of the terminal is refused until a person decides."""
    row = session.get_one(TerminalRow, (site_id, terminal_id))
    row.state, row.state_reason = QUARANTINED, reason
    log.error("terminal_quarantined", terminal=terminal_id, reason=reason)


def keyring(session: Session, site_id: str, central: PublicKey) -> Keyring:
    """The public keys of central and of every terminal: who may have signed a ticket or a lease."""
    ring = Keyring().with_key(central, "central")
    for row in session.scalars(select(TerminalRow).filter_by(site_id=site_id).order_by(TerminalRow.terminal_id)):
        ring = ring.with_key(PublicKey(row.public_key), f"terminal:{row.terminal_id}")
    return ring


def refuse_if_quarantined(terminal: Terminal) -> None:
    """Raises RefusalError for a terminal in quarantine."""
    if terminal.quarantined:
        raise RefusalError(Problem.QUARANTINED)


def _terminal(row: TerminalRow) -> Terminal:
    return Terminal(row.terminal_id, PublicKey(row.public_key), row.epoch, row.state == QUARANTINED, row.mode)
