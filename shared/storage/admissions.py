"""Tickets that opened a gate, as central told: what a refund here must know of. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from shared.domain.canonical import instant_text
from shared.storage.tables import admission
from shared.sync.ports import Admission


def add(connection: Connection, new: Sequence[Admission]) -> None:
    """Stores admissions; one already known stays as it was first told."""
    for each in new:
        row = insert(admission).values(ticket_id=each.ticket_id, at=instant_text(each.at), gate=each.gate)
        connection.execute(row.on_conflict_do_nothing())


def is_admitted(connection: Connection, ticket_id: str) -> bool:
    """Whether a ticket opened a gate, as far as central told."""
    query = select(admission.c.gate).where(admission.c.ticket_id == ticket_id)
    return connection.execute(query).first() is not None


def forget(connection: Connection, before: datetime) -> int:
    """Deletes admissions of long ago (before a UTC time), whose tickets nobody gives back; how many there were."""
    return connection.execute(admission.delete().where(admission.c.at < instant_text(before))).rowcount
