"""Protected document numbers, by sale, ticket and purpose."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    """CREATE TABLE protected_number (
        sale_id TEXT NOT NULL REFERENCES sale (sale_id), ticket_index INTEGER NOT NULL CHECK (ticket_index >= 0),
        purpose TEXT NOT NULL CHECK (purpose <> ''),
        counts_on TEXT NOT NULL CHECK (counts_on IS date(counts_on)), counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
        hash BLOB NOT NULL CHECK (length(hash) = 32), ciphertext BLOB NOT NULL CHECK (length(ciphertext) > 28),
        last4 TEXT NOT NULL CHECK (length(last4) <= 4), key_version INTEGER NOT NULL CHECK (key_version > 0),
        purge_after TEXT NOT NULL CHECK (purge_after IS date(purge_after)),
        PRIMARY KEY (sale_id, ticket_index, purpose)) STRICT""",
    "CREATE INDEX ix_protected_number_hash ON protected_number (hash)",
    "CREATE INDEX ix_protected_number_purge_after ON protected_number (purge_after)",
    # A number is stored once and deleted once; only whether it still counts may change.
    """CREATE TRIGGER protected_number_stays BEFORE UPDATE ON protected_number
       WHEN NEW.counts > OLD.counts OR (NEW.sale_id, NEW.ticket_index, NEW.purpose, NEW.counts_on, NEW.hash,
           NEW.ciphertext, NEW.last4, NEW.key_version, NEW.purge_after)
         IS NOT (OLD.sale_id, OLD.ticket_index, OLD.purpose, OLD.counts_on, OLD.hash,
           OLD.ciphertext, OLD.last4, OLD.key_version, OLD.purge_after)
       BEGIN SELECT raise(ABORT, 'a protected number stays as it was'); END""",
)


def upgrade() -> None:
    """Creates the table."""
    for statement in _STATEMENTS:
        op.execute(statement)
