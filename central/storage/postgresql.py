"""Everything that is particular to PostgreSQL stands here: durability, patience, which failures to try again."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

LOCK_SECONDS = 5
_STATEMENT_SECONDS = 30
_IDLE_SECONDS = 60  # a transaction that its process left open holds its locks no longer
_MIGRATING = 0x5348_414E  # names the lock; "SHAN"

_SERIALIZATION_FAILURES = {"40001", "40P01"}  # SQLSTATE: serialization failure, deadlock
_LOCK_NOT_AVAILABLE = "55P03"
_DURABLE = ("fsync", "full_page_writes")

CONNECTION = {
    "connect_timeout": LOCK_SECONDS,
    "options": " ".join(
        (
            "-c timezone=UTC",
            "-c synchronous_commit=on",
            f"-c lock_timeout={LOCK_SECONDS}s",
            f"-c statement_timeout={_STATEMENT_SECONDS}s",
            f"-c idle_in_transaction_session_timeout={_IDLE_SECONDS}s",
        )
    ),
}


def may_be_repeated(error: DBAPIError) -> bool:
    """Whether the transaction was undone because of its neighbours and may well pass the next time."""
    return getattr(error.orig, "sqlstate", None) in _SERIALIZATION_FAILURES


def stood_in_line_too_long(error: DBAPIError) -> bool:
    """Whether a lock was not to be had in time."""
    return getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE


def lock_for_migration(connection: Connection) -> None:
    """Central may start several times at once; one of them migrates."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _MIGRATING})


def weak_settings(connection: Connection) -> list[str]:
    """The server's settings by which a power cut may lose what was committed."""
    return [name for name in _DURABLE if connection.execute(text(f"SHOW {name}")).scalar() != "on"]
