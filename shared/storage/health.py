"""Whether the disk still takes what is written: what failed, by number, and when it is well again."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

import structlog

from shared.errors import Fault, SurroundingsError

_log = structlog.get_logger()

RESERVE_BYTES = 64 * 1024 * 1024  # a day of sales with its backup; below it nothing new is begun

_BY_RESULT_CODE = {
    sqlite3.SQLITE_FULL: Fault.DISK_FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_IOERR: Fault.DISK_ERROR,
    sqlite3.SQLITE_CANTOPEN: Fault.DISK_ERROR,
    sqlite3.SQLITE_CORRUPT: Fault.NOT_A_DATABASE,
    sqlite3.SQLITE_NOTADB: Fault.NOT_A_DATABASE,
}
_BY_ERRNO = {
    errno.ENOSPC: Fault.DISK_FULL,
    errno.EDQUOT: Fault.DISK_FULL,
    errno.EROFS: Fault.READ_ONLY,
    errno.EACCES: Fault.READ_ONLY,
    errno.EPERM: Fault.READ_ONLY,
}


def storage_fault(error: BaseException | None) -> Fault | None:
    """The fault of disk or file behind an SQLite error; None for any other (a constraint, a mistake in SQL)."""
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _BY_RESULT_CODE.get(code & 0xFF)  # the low byte is the primary result code


def surroundings_error(error: OSError) -> SurroundingsError:
    """The numbered error of one of the operating system."""
    return SurroundingsError(_BY_ERRNO.get(error.errno or 0, Fault.DISK_ERROR), str(error))


class StorageHealth:
    """Remembers the last failed write until one succeeds again. Written on the writer thread, read on any."""

    def __init__(self, path: Path) -> None:
        self._folder = path.parent
        self._failed: Fault | None = None

    def note_failure(self, fault: Fault) -> None:
        """Once for each fault an alarm goes to the log."""
        if self._failed is not fault:
            _log.error("storage_failing", number=fault.number, fault=fault.value)
        self._failed = fault

    def note_write(self) -> None:
        """Something was committed."""
        if self._failed is not None:
            _log.warning("storage_well_again", number=self._failed.number)
        self._failed = None

    def fault(self) -> Fault | None:
        """Why nothing new may be sold; None when all is well."""
        if self._failed is not None:
            return self._failed
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError:
            return Fault.DISK_ERROR
        return Fault.DISK_NEARLY_FULL if free < RESERVE_BYTES else None
