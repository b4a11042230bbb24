"""Commands to terminals: given by a supervisor, carried by the answer to a heart-beat, followed by receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.audit.chain import record
from central.refusal import RefusalError
from central.storage.tables import CommandRow, TerminalRow
from central.storage.tables.operation import WAITING
from shared.domain.canonical import instant_text
from shared.wire.fleet import (
    MAX_COMMANDS,
    CommandOrder,
    CommandReceipt,
    CommandStanding,
    TerminalCommand,
)
from shared.wire.problem import Problem

_DELIVERED = "delivered"
_ID_BYTES = 8


def give(
    session: Session, site_id: str, terminal_id: str, order: CommandOrder, now: datetime, ids: Callable[[int], bytes]
) -> CommandStanding:
    """A supervisor's command waits for its terminal. Raises RefusalError."""
    if session.get(TerminalRow, (site_id, terminal_id)) is None:
        raise RefusalError(Problem.NOT_FOUND, "there is no such terminal")
    if order.kind == "message" and not order.text.strip():
        raise RefusalError(Problem.INVALID, "a message needs its text")
    row = CommandRow(
        site_id=site_id,
        command_id=ids(_ID_BYTES).hex(),
        terminal_id=terminal_id,
        kind=order.kind,
        text=order.text,
        switched_on=int(order.on),
        author=order.author,
        given_at=now,
        state=WAITING,
        remark="",
        answered_at=None,
    )
    session.add(row)
    record(session, site_id, now, order.author, "command_given", terminal_id, command=row.command_id, kind=order.kind)
    return _standing(row)


def waiting(session: Session, site_id: str, terminal_id: str) -> list[TerminalCommand]:
    """What the terminal has not heard yet, the oldest first."""
    query = (
        select(CommandRow)
        .filter_by(site_id=site_id, terminal_id=terminal_id, state=WAITING)
        .order_by(CommandRow.given_at, CommandRow.command_id)
        .limit(MAX_COMMANDS)
    )
    return [_command(row) for row in session.scalars(query)]


def take_receipts(
    session: Session, site_id: str, terminal_id: str, receipts: Sequence[CommandReceipt], now: datetime
) -> None:
    """Notes what became of commands. One of another terminal, or after the last word, changes nothing."""
    for receipt in receipts:
        row = session.get(CommandRow, (site_id, receipt.command_id), with_for_update=True)
        if row is None or row.terminal_id != terminal_id or not _may_follow(row.state, receipt.state):
            continue
        row.state, row.remark, row.answered_at = receipt.state, receipt.remark, now


def given(session: Session, site_id: str, limit: int) -> list[CommandStanding]:
    """The newest commands and how far they came."""
    query = select(CommandRow).filter_by(site_id=site_id).order_by(CommandRow.given_at.desc(), CommandRow.command_id)
    return [_standing(row) for row in session.scalars(query.limit(limit))]


def _may_follow(state: str, told: str) -> bool:
    return state == WAITING or (state == _DELIVERED and told != _DELIVERED)


def _command(row: CommandRow) -> TerminalCommand:
    return TerminalCommand.model_validate(
        {
            "command_id": row.command_id,
            "kind": row.kind,
            "text": row.text,
            "on": bool(row.switched_on),
            "given_at": instant_text(row.given_at),
        }
    )


def _standing(row: CommandRow) -> CommandStanding:
    return CommandStanding.model_validate(
        {
            "command": _command(row),
            "terminal_id": row.terminal_id,
            "author": row.author,
            "state": row.state,
            "remark": row.remark,
        }
    )
