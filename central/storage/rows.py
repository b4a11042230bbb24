"""Statements that both databases know and SQLAlchemy spells differently for each."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from central.storage.tables import Base


def insert_absent(session: Session, row: type[Base], **values: object) -> bool:
    """Inserts a row unless one with its key is there, also one that is being inserted; whether it did."""
    statement = _insert(session, row).values(**values).on_conflict_do_nothing()
    return cast(CursorResult[Any], session.execute(statement)).rowcount > 0


def _insert(session: Session, row: type[Base]) -> Any:
    """The dialect's own INSERT."""
    embedded = session.get_bind().dialect.name == "sqlite"
    made: Insert = sqlite.insert(row) if embedded else postgresql.insert(row)
    return made
