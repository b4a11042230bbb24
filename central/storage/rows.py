"""Statements that both databases know and SQLAlchemy spells differently for each."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from central.storage.tables import Base


def insert_absent(session: Session, row: type[Base], **values: object) -> bool:
    """Inserts a row unless one with its key is there, also one that is being inserted; whether it did."""
    table = row.__table__
    embedded = session.get_bind().dialect.name == "sqlite"
    inserting = (sqlite if embedded else postgresql).insert(table).values(**values)
    done = inserting.on_conflict_do_nothing().returning(table.c.site_id)
    return session.execute(done).first() is not None
