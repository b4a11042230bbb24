"""The people of the windows, and their wrong tries."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

_STATEMENTS = (
    """CREATE TABLE staff (
        staff_id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('cashier', 'supervisor', 'administrator')),
        pin_hash TEXT NOT NULL, card_hash TEXT NOT NULL, totp_secret TEXT NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1))) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER staff_stays BEFORE DELETE ON staff
       BEGIN SELECT raise(ABORT, 'a person of the staff is made inactive, never forgotten'); END""",
    """CREATE TABLE staff_tries (
        staff_id TEXT PRIMARY KEY NOT NULL, wrong INTEGER NOT NULL, locks INTEGER NOT NULL,
        locked_until TEXT) STRICT, WITHOUT ROWID""",
)


def upgrade() -> None:
    """Creates the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
