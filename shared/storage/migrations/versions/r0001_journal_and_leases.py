"""Journal, sales, leases and facts."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    """CREATE TABLE journal (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0),
        previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32), hash BLOB NOT NULL UNIQUE,
        at TEXT NOT NULL, type TEXT NOT NULL, schema INTEGER NOT NULL, sale_id TEXT,
        body TEXT NOT NULL CHECK (json_valid(body)), signature BLOB NOT NULL,
        PRIMARY KEY (epoch, seq)) STRICT""",
    "CREATE INDEX ix_journal_sale_id ON journal (sale_id)",
    """CREATE TABLE sale (
        sale_id TEXT PRIMARY KEY NOT NULL,
        outcome TEXT CHECK (outcome IN ('done', 'released', 'claim'))) STRICT""",
    "CREATE INDEX ix_sale_open ON sale (sale_id) WHERE outcome IS NULL",
    """CREATE TABLE lease (
        lease_id BLOB PRIMARY KEY NOT NULL CHECK (length(lease_id) = 8), slot TEXT NOT NULL,
        units INTEGER NOT NULL CHECK (units > 0), document TEXT NOT NULL CHECK (json_valid(document)),
        received_monotonic REAL NOT NULL, received_boot TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'settled'))) STRICT""",
    "CREATE INDEX ix_lease_slot ON lease (slot)",
    """CREATE TABLE lease_use (
        lease_id BLOB NOT NULL REFERENCES lease (lease_id), k INTEGER NOT NULL CHECK (k > 0),
        sale_id TEXT NOT NULL REFERENCES sale (sale_id),
        PRIMARY KEY (lease_id, k)) STRICT""",
    "CREATE INDEX ix_lease_use_sale_id ON lease_use (sale_id)",
    "CREATE TABLE upload (epoch INTEGER PRIMARY KEY NOT NULL, through INTEGER NOT NULL CHECK (through >= 0)) STRICT",
    """CREATE TABLE remark (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, flag TEXT NOT NULL, PRIMARY KEY (epoch, seq)) STRICT""",
    "CREATE TABLE fact (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL CHECK (json_valid(value))) STRICT",
)

# What was written stays as it was: a correction is another row. And no place beyond its lease.
_TRIGGERS = (
    """CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
       BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
       BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_has_no_gap BEFORE INSERT ON journal
       WHEN NEW.seq <> coalesce((SELECT max(seq) FROM journal WHERE epoch = NEW.epoch), 0) + 1
       BEGIN SELECT raise(ABORT, 'the journal has no gap'); END""",
    """CREATE TRIGGER lease_is_not_oversold BEFORE INSERT ON lease_use
       WHEN NEW.k > (SELECT units FROM lease WHERE lease_id = NEW.lease_id)
       BEGIN SELECT raise(ABORT, 'beyond the lease'); END""",
)


def upgrade() -> None:
    """Creates everything."""
    for statement in (*_TABLES, *_TRIGGERS):
        op.execute(statement)
