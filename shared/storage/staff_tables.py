"""The tables of the staff."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from shared.storage.tables import METADATA

staff = Table(
    "staff",
    METADATA,
    Column("staff_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("card_hash", Text, nullable=False),
    Column("totp_secret", Text, nullable=False),
    Column("active", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

staff_tries = Table(
    "staff_tries",
    METADATA,
    Column("staff_id", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("locks", Integer, nullable=False),
    Column("locked_until", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
