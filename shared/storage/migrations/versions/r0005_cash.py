"""Cash: orders to the cash machine, what its devices were heard to say, and the pieces in each place."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    """CREATE TABLE cash_order (
        order_no TEXT PRIMARY KEY NOT NULL,
        standing TEXT NOT NULL CHECK (standing IN ('open', 'over', 'claim', 'honoured'))) STRICT""",
    "CREATE INDEX ix_cash_order_standing ON cash_order (standing) WHERE standing <> 'over'",
    # The journal rows of cash: `subject` is the order, or the device where there is none.
    """CREATE TABLE cash_row (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, subject TEXT NOT NULL,
        PRIMARY KEY (epoch, seq), FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_cash_row_subject ON cash_row (subject)",
    # How far each device was heard: since it was switched on for the `boot`th time, and in its whole life.
    """CREATE TABLE cash_device (
        device TEXT PRIMARY KEY NOT NULL, boot INTEGER NOT NULL CHECK (boot > 0),
        heard INTEGER NOT NULL CHECK (heard >= 0), total INTEGER NOT NULL CHECK (total >= 0)) STRICT""",
    # An event of a device is credited once: by the switching on, and the events since.
    """CREATE TABLE cash_heard (
        device TEXT NOT NULL, boot INTEGER NOT NULL, heard INTEGER NOT NULL,
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (device, boot, heard),
        FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cash_stock (
        place TEXT NOT NULL, currency TEXT NOT NULL CHECK (length(currency) = 3),
        minor INTEGER NOT NULL CHECK (minor > 0), pieces INTEGER NOT NULL,
        PRIMARY KEY (place, currency, minor)) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER cash_heard_keeps_rows BEFORE DELETE ON cash_heard
       BEGIN SELECT raise(ABORT, 'what was heard stays heard'); END""",
    """CREATE TRIGGER cash_heard_keeps_words BEFORE UPDATE ON cash_heard
       BEGIN SELECT raise(ABORT, 'what was heard stays heard'); END""",
)


def upgrade() -> None:
    """Creates the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
