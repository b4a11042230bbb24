"""Transactions: the only way to the tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from central.storage import sqlite
from central.storage.migrations import upgrade

T = TypeVar("T")
_ATTEMPTS = 5
PATIENCE_S = 5.0  # how long a transaction stands in line
_SERIALIZATION_FAILURES = {"40001", "40P01"}  # SQLSTATE: serialization failure, deadlock


def database_url(place: str) -> URL:
    """The URL of a database: `place` itself when it is one, else an SQLite file at that path."""
    if "://" in place:
        return make_url(place)
    return URL.create("sqlite+pysqlite", database=str(Path(place)))


class BusyError(Exception):
    """So much is being written that a transaction could not begin in time."""


class Database:
    """Runs work in transactions. SQLite has one writer at a time, who stands in line at `_writer`."""

    def __init__(self, url: URL) -> None:
        self._embedded = url.get_backend_name() == "sqlite"
        arguments = {"timeout": sqlite.BUSY_SECONDS} if self._embedded else {}
        self._engine = create_engine(url, connect_args=arguments, pool_size=20, max_overflow=30)
        self._reader = self._engine.execution_options(writes=False)
        self._writer = Lock()
        if self._embedded:
            sqlite.prepare(self._engine)

    def migrate(self) -> None:
        """Brings the schema to the newest revision."""
        with self._engine.begin() as connection:
            upgrade(connection)

    def write(self, work: Callable[[Session], T]) -> T:
        """Runs `work` in one transaction and commits; again when the database could not order it. Raises BusyError."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._write_once(work)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or getattr(error.orig, "sqlstate", None) not in _SERIALIZATION_FAILURES:
                    raise
        raise AssertionError("unreachable")

    def _write_once(self, work: Callable[[Session], T]) -> T:
        if not self._embedded:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                return work(session)
        if not self._writer.acquire(timeout=PATIENCE_S):
            raise BusyError
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                return work(session)
        finally:
            self._writer.release()

    def read(self, work: Callable[[Session], T]) -> T:
        """Runs `work` on one consistent state of the tables."""
        with Session(self._reader, expire_on_commit=False) as session, session.begin():
            return work(session)

    def close(self) -> None:
        """Ends all connections."""
        self._engine.dispose()
