"""Transactions: the only way to the tables (docs/adr/0018)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from central.storage import postgresql, sqlite
from central.storage.migrations import upgrade
from central.storage.together import BusyError, Together

__all__ = ["BusyError", "Database", "NotDurableError", "UnavailableError", "database_url"]

T = TypeVar("T")
_ATTEMPTS = 5
_LINES = 32
_POOL = 20
PATIENCE_S = 5.0  # how long a transaction stands in line


class UnavailableError(Exception):
    """The database cannot be reached, or went away. Whether the transaction was committed is not known."""


class NotDurableError(Exception):
    """The database server may lose what it has committed; the message names its settings."""


def database_url(place: str) -> URL:
    """The URL of a database: `place` itself when it is one, else an SQLite file at that path."""
    if "://" not in place:
        return URL.create("sqlite+pysqlite", database=str(Path(place)))
    url = make_url(place)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


class Database:
    """Runs work in transactions, on SQLite or PostgreSQL.

    SQLite has one writer at a time: all writes form one line and share its commits. On PostgreSQL a write has a
    transaction of its own at READ COMMITTED and locks the rows that it decides by; those that say `together` about
    the same hot row form a line. A read sees one state of all tables.
    """

    def __init__(self, url: URL) -> None:
        self.embedded = url.get_backend_name() == "sqlite"
        self._engine = _engine(url, self.embedded)
        self._reader = self._engine.execution_options(**_reading(self.embedded))
        self._lines = [Together(self._engine.begin) for _ in range(1 if self.embedded else _LINES)]

    def migrate(self) -> None:
        """Brings the schema to the newest revision."""
        with _as_ours(), self._engine.begin() as connection:
            if not self.embedded:
                postgresql.lock_for_migration(connection)
            upgrade(connection)

    def insist_on_durability(self) -> None:
        """Raises NotDurableError when a power cut may lose what was committed. SQLite is always set to keep it."""
        if self.embedded:
            return
        with _as_ours(), self._reader.connect() as connection:
            weak = postgresql.weak_settings(connection)
        if weak:
            raise NotDurableError(f"the server runs with {', '.join(f'{name}=off' for name in weak)}")

    def write(self, work: Callable[[Session], T], together: str = "") -> T:
        """Runs `work` in one transaction and commits; again when the database could not order it.

        `work` may run on another thread than the caller's. `together` names the row that many writes of this moment
        want. Raises BusyError, UnavailableError, and what the work raises.
        """
        with _as_ours():
            for _ in range(_ATTEMPTS - 1):
                try:
                    return self._write_once(work, together)
                except DBAPIError as error:
                    if not postgresql.may_be_repeated(error):
                        raise
            return self._write_once(work, "")

    def _write_once(self, work: Callable[[Session], T], together: str) -> T:
        if self.embedded:
            return self._lines[0].run(work, PATIENCE_S)
        if together:
            return self._lines[crc32(together.encode()) % _LINES].run(work, PATIENCE_S)
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            return work(session)

    def read(self, work: Callable[[Session], T]) -> T:
        """Runs `work` on one consistent state of the tables. Raises BusyError and UnavailableError."""
        with _as_ours(), Session(self._reader, expire_on_commit=False) as session, session.begin():
            return work(session)

    def connect(self) -> Connection:
        """A connection for what is not a transaction: backups, measurements."""
        return self._engine.connect()

    def close(self) -> None:
        """Ends all connections."""
        self._engine.dispose()


def _engine(url: URL, embedded: bool) -> Engine:
    arguments = {"timeout": sqlite.BUSY_SECONDS} if embedded else postgresql.CONNECTION
    engine = create_engine(
        url,
        connect_args=arguments,
        pool_size=_POOL,
        max_overflow=_POOL,
        pool_timeout=PATIENCE_S,
    )
    if embedded:
        sqlite.prepare(engine)
    return engine


def _reading(embedded: bool) -> dict[str, object]:
    if embedded:
        return {"writes": False}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@contextmanager
def _as_ours() -> Iterator[None]:
    """Failures of the database in the words of this module."""
    try:
        yield
    except NoConnectionFree as error:
        raise BusyError from error
    except DBAPIError as error:
        if postgresql.stood_in_line_too_long(error):
            raise BusyError from error
        if error.connection_invalidated or _is_unreachable(error):
            raise UnavailableError from error
        raise


def _is_unreachable(error: DBAPIError) -> bool:
    """A connection that was never made: psycopg then tells no SQLSTATE."""
    return type(error.orig).__module__.startswith("psycopg") and (
        type(error.orig).__name__ == "OperationalError" and getattr(error.orig, "sqlstate", None) is None
    )
