"""One process for one database: a lock file that the operating system lets go of when the process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from shared.errors import Fault, UserError
from shared.storage.health import surroundings_error

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Held from its making until `release`. The file itself stays: removing it would open a gap."""

    def __init__(self, path: Path) -> None:
        """Raises UserError(IN_USE) when another holds it, SurroundingsError when the file cannot be made."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise surroundings_error(error) from error
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise UserError(Fault.IN_USE, str(path)) from error

    def release(self) -> None:
        os.close(self._handle)


def lock_of(database: Path) -> FileLock:
    """The lock of a database file. Raises as FileLock."""
    return FileLock(database.with_name(database.name + ".lock"))
