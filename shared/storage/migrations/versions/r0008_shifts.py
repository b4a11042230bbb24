"""Shifts at the windows' drawers: their rows, what each order moved, and the Z reports."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

_TABLES = (
    """CREATE TABLE shift (
        number INTEGER PRIMARY KEY NOT NULL CHECK (number > 0), drawer TEXT NOT NULL CHECK (drawer <> ''),
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT""",
    "CREATE INDEX ix_shift_drawer ON shift (drawer)",
    """CREATE TABLE shift_row (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, shift INTEGER NOT NULL REFERENCES shift (number),
        PRIMARY KEY (epoch, seq), FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_shift_row_shift ON shift_row (shift)",
    # An order is taken once, and a refund given once, in whichever shift.
    """CREATE TABLE shift_move (
        kind TEXT NOT NULL CHECK (kind IN ('shift.taken', 'shift.given')), number TEXT NOT NULL,
        order_no TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (kind, number),
        FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_shift_move_order_no ON shift_move (order_no)",
    # The first Z of a shift closes it; the others correct it.
    """CREATE TABLE shift_z (
        z_number INTEGER PRIMARY KEY NOT NULL CHECK (z_number > 0), shift INTEGER NOT NULL REFERENCES shift (number),
        hash BLOB NOT NULL CHECK (length(hash) = 32), epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT""",
    "CREATE INDEX ix_shift_z_shift ON shift_z (shift)",
)
_TRIGGERS = (
    """CREATE TRIGGER shift_is_the_next BEFORE INSERT ON shift
       WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM shift)
       BEGIN SELECT raise(ABORT, 'shifts are numbered without a gap'); END""",
    """CREATE TRIGGER shift_is_alone_at_its_drawer BEFORE INSERT ON shift
       WHEN EXISTS (SELECT 1 FROM shift WHERE drawer = NEW.drawer
                    AND NOT EXISTS (SELECT 1 FROM shift_z WHERE shift_z.shift = shift.number))
       BEGIN SELECT raise(ABORT, 'the drawer has an open shift'); END""",
    """CREATE TRIGGER shift_z_is_the_next BEFORE INSERT ON shift_z
       WHEN NEW.z_number <> (SELECT coalesce(max(z_number), 0) + 1 FROM shift_z)
       BEGIN SELECT raise(ABORT, 'Z reports are numbered without a gap'); END""",
)


def upgrade() -> None:
    """Creates the tables."""
    for statement in (*_TABLES, *_TRIGGERS):
        op.execute(statement)
    for table in ("shift", "shift_row", "shift_move", "shift_z"):
        for name, change in (("keeps_rows", "DELETE"), ("keeps_words", "UPDATE")):
            op.execute(
                f"""CREATE TRIGGER {table}_{name} BEFORE {change} ON {table}
                    BEGIN SELECT raise(ABORT, 'a shift is append-only'); END"""
            )
