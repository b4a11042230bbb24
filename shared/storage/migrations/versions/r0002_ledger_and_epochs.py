"""The ledger, and epochs that know whose they are and how they are hashed."""

from __future__ import annotations

from alembic import op

from shared.storage.ledger import post_whole_journal

revision = "0002"
down_revision = "0001"

_TABLES = (
    """CREATE TABLE epoch (
        epoch INTEGER PRIMARY KEY NOT NULL CHECK (epoch > 0), terminal_id TEXT NOT NULL,
        public_key BLOB CHECK (length(public_key) = 32),
        profile TEXT NOT NULL CHECK (profile IN ('sha256', 'sm3')),
        opened_at TEXT NOT NULL, closed_because TEXT) STRICT""",
    """CREATE TABLE entry (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, subject TEXT NOT NULL,
        reverses_epoch INTEGER, reverses_seq INTEGER CHECK ((reverses_seq IS NULL) = (reverses_epoch IS NULL)),
        PRIMARY KEY (epoch, seq),
        FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq),
        FOREIGN KEY (reverses_epoch, reverses_seq) REFERENCES entry (epoch, seq),
        UNIQUE (reverses_epoch, reverses_seq)) STRICT""",
    "CREATE INDEX ix_entry_subject ON entry (subject)",
    # Postings are written first and need their entry by the end of the transaction: the entry seals them.
    """CREATE TABLE posting (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, account TEXT NOT NULL,
        currency TEXT NOT NULL CHECK (length(currency) = 3), minor INTEGER NOT NULL CHECK (minor <> 0),
        PRIMARY KEY (epoch, seq, account, currency),
        FOREIGN KEY (epoch, seq) REFERENCES entry (epoch, seq) DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID""",
)

_FILLING = (
    """INSERT INTO epoch
       SELECT epoch, coalesce((SELECT value ->> '$.terminal_id' FROM fact WHERE name = 'enrolment'), ''), NULL,
              'sha256', min(at), NULL FROM journal GROUP BY epoch""",
    "ALTER TABLE lease ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0",
    "UPDATE lease SET epoch = document ->> '$.epoch'",
)

_TRIGGERS = (
    """CREATE TRIGGER journal_has_an_open_epoch BEFORE INSERT ON journal
       WHEN NOT EXISTS (SELECT 1 FROM epoch WHERE epoch = NEW.epoch AND closed_because IS NULL)
       BEGIN SELECT raise(ABORT, 'the epoch is not open'); END""",
    """CREATE TRIGGER epoch_stays BEFORE DELETE ON epoch
       BEGIN SELECT raise(ABORT, 'an epoch is never forgotten'); END""",
    """CREATE TRIGGER epoch_is_closed_once BEFORE UPDATE ON epoch
       WHEN NEW.epoch <> OLD.epoch OR NEW.terminal_id <> OLD.terminal_id OR NEW.profile <> OLD.profile
         OR NEW.opened_at <> OLD.opened_at OR OLD.closed_because IS NOT NULL
         OR (OLD.public_key IS NOT NULL AND NEW.public_key IS NOT OLD.public_key)
       BEGIN SELECT raise(ABORT, 'an epoch is closed once and else stays as it is'); END""",
    """CREATE TRIGGER entry_keeps_rows BEFORE DELETE ON entry
       BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER entry_keeps_words BEFORE UPDATE ON entry
       BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER posting_keeps_rows BEFORE DELETE ON posting
       BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER posting_keeps_words BEFORE UPDATE ON posting
       BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER posting_is_sealed BEFORE INSERT ON posting
       WHEN EXISTS (SELECT 1 FROM entry WHERE epoch = NEW.epoch AND seq = NEW.seq)
       BEGIN SELECT raise(ABORT, 'the entry is sealed'); END""",
    """CREATE TRIGGER entry_is_sealed BEFORE INSERT ON entry
       WHEN EXISTS (SELECT 1 FROM entry WHERE epoch = NEW.epoch AND seq = NEW.seq)
       BEGIN SELECT raise(ABORT, 'the entry is sealed'); END""",
    """CREATE TRIGGER entry_balances BEFORE INSERT ON entry
       WHEN NOT EXISTS (SELECT 1 FROM posting WHERE epoch = NEW.epoch AND seq = NEW.seq)
         OR EXISTS (SELECT 1 FROM posting WHERE epoch = NEW.epoch AND seq = NEW.seq
                    GROUP BY currency HAVING sum(minor) <> 0)
       BEGIN SELECT raise(ABORT, 'the entry does not balance'); END""",
    """CREATE TRIGGER reversal_mirrors BEFORE INSERT ON entry
       WHEN NEW.reverses_seq IS NOT NULL AND EXISTS (
         SELECT 1 FROM posting WHERE (epoch = NEW.epoch AND seq = NEW.seq)
            OR (epoch = NEW.reverses_epoch AND seq = NEW.reverses_seq)
         GROUP BY account, currency HAVING sum(minor) <> 0)
       BEGIN SELECT raise(ABORT, 'a reversal is the mirror of its entry'); END""",
)


def upgrade() -> None:
    """Creates the tables, and posts what the journal already says."""
    for statement in (*_TABLES, *_FILLING):
        op.execute(statement)
    post_whole_journal(op.get_bind())
    for statement in _TRIGGERS:
        op.execute(statement)
