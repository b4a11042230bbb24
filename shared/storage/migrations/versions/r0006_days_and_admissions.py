"""Business days, and tickets that central says were used at a gate."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENTS = (
    """CREATE TABLE business_day (
        day TEXT PRIMARY KEY NOT NULL CHECK (day IS date(day)), opened_at TEXT NOT NULL, opened_by TEXT NOT NULL,
        closed_at TEXT, closed_by TEXT NOT NULL, CHECK ((closed_at IS NULL) = (closed_by = ''))) STRICT""",
    "CREATE UNIQUE INDEX ix_business_day_open ON business_day ((closed_at IS NULL)) WHERE closed_at IS NULL",
    """CREATE TRIGGER business_day_stays BEFORE DELETE ON business_day
       BEGIN SELECT raise(ABORT, 'a business day is never forgotten'); END""",
    """CREATE TRIGGER business_day_is_closed_once BEFORE UPDATE ON business_day
       WHEN OLD.closed_at IS NOT NULL OR (NEW.day, NEW.opened_at, NEW.opened_by)
         IS NOT (OLD.day, OLD.opened_at, OLD.opened_by)
       BEGIN SELECT raise(ABORT, 'a business day is closed once and else stays as it is'); END""",
    """CREATE TRIGGER business_day_goes_forward BEFORE INSERT ON business_day
       WHEN EXISTS (SELECT 1 FROM business_day WHERE day >= NEW.day)
       BEGIN SELECT raise(ABORT, 'a business day never goes back'); END""",
    """CREATE TABLE admission (
        ticket_id TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, gate TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_admission_at ON admission (at)",
)


def upgrade() -> None:
    """Creates the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
