"""The terminal's SQLite file: opened durable by one process, migrated, and written by one thread alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from shared.errors import Fault, StorageFailedError
from shared.storage.file_lock import lock_of
from shared.storage.health import StorageHealth, storage_fault
from shared.storage.migrating import check_file, migrate

Result = TypeVar("Result")

# FULL: with NORMAL a power cut loses acknowledged commits (docs/architecture.md, storage).
# secure_delete: what is deleted is overwritten, for a document number may not outlive its purge.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON")


class Database:
    """One writer thread owns the connection; `run` executes a unit of work there, in one transaction."""

    def __init__(self, path: Path) -> None:
        """Opens and migrates the file at `path`, creating it when absent.

        Raises UserError(IN_USE) when another process has it, SurroundingsError when the file is newer, half-migrated
        or damaged (it is not touched then) or the disk fails.
        """
        self.path = path
        self._health = StorageHealth(path)
        with ExitStack() as undo:
            undo.callback(lock_of(path).release)
            check_file(path)
            self._engine = _durable_engine(path)
            undo.callback(self._engine.dispose)
            self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")
            undo.callback(self._writer.shutdown)
            self.run(migrate)
            self._closing = undo.pop_all()

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Runs `work` on the writer thread and commits before it returns; an exception rolls all of it back.

        Raises StorageFailedError when the disk did not take it: nothing of `work` is in the file then.
        """
        return self._writer.submit(self._transact, work).result()

    def empty_log(self) -> bool:
        """Brings the write-ahead log into the file and cuts it to nothing; False while a reader holds it back."""
        return self._writer.submit(self._checkpoint).result()

    @property
    def health(self) -> Fault | None:
        """Why nothing new may be sold; None while the disk takes what is written."""
        return self._health.fault()

    def close(self) -> None:
        self._closing.close()

    def _checkpoint(self) -> bool:
        # Not within a transaction: SQLite refuses that.
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_), *_ = cursor.fetchall()
            cursor.close()
            return not busy
        finally:
            connection.close()

    def _transact(self, work: Callable[[Connection], Result]) -> Result:
        try:
            with self._engine.begin() as connection:
                before = _changes(connection)
                result = work(connection)
                wrote = _changes(connection) > before
        except DBAPIError as error:
            fault = storage_fault(error.orig)
            if fault is None:
                raise
            self._health.note_failure(fault)
            raise StorageFailedError(fault, str(self.path)) from error
        if wrote:
            self._health.note_write()
        return result


def _changes(connection: Connection) -> int:
    """How many rows this connection ever changed."""
    driver = connection.connection.driver_connection
    return 0 if driver is None else int(driver.total_changes)


def _durable_engine(path: Path) -> Engine:
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
