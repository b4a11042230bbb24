"""The terminal's SQLite file: opened durable, migrated, and written by one thread alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

Result = TypeVar("Result")

# FULL: with NORMAL a power cut loses acknowledged commits (docs/architecture.md, storage).
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


class Database:
    """One writer thread owns the connection; `run` executes a unit of work there, in one transaction."""

    def __init__(self, path: Path) -> None:
        """Opens and migrates the file at `path`, creating it when absent. Raises sqlalchemy.exc.DBAPIError."""
        self._engine = _durable_engine(path)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")
        self._writer.submit(_migrate, self._engine).result()

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Runs `work` on the writer thread and commits before it returns; an exception rolls all of it back."""
        return self._writer.submit(self._transact, work).result()

    def _transact(self, work: Callable[[Connection], Result]) -> Result:
        with self._engine.begin() as connection:
            return work(connection)

    def close(self) -> None:
        self._writer.submit(self._engine.dispose).result()
        self._writer.shutdown()


def _durable_engine(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE is said above.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
