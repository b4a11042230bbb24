"""Files that hold keys: read only when nobody else may read them, written so that a power cut leaves one whole."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from io import BufferedRandom
from pathlib import Path


class KeyFileError(Exception):
    """A key file is missing, not a key, or readable by others. The message says which, and never the key."""


def read_private(path: Path) -> str:
    """The text of a key file (ASCII). Raises KeyFileError when it is absent, or readable by group or others."""
    try:
        text = path.read_text("ascii")
        mode = path.stat().st_mode & 0o077
    except (OSError, ValueError) as error:
        raise KeyFileError(f"{path}: not a readable key file") from error
    if os.name == "posix" and mode:
        raise KeyFileError(f"{path}: others may read it; make it mode 0600")
    return text


def create_private(path: Path, text: str) -> None:
    """Writes a new file, mode 0600, durably. Raises FileExistsError rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def replace_private(path: Path, text: str) -> None:
    """Puts a file in the place of `path` in one step, and overwrites what the old one held. Raises OSError.

    What a flash disk keeps in blocks out of use is beyond a program's reach: encrypt the disk as well.
    """
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)  # left behind by a power cut
    create_private(fresh, text)
    with _still_open(path) as old:
        fresh.replace(path)
        _sync_folder(path.parent)
        if old is not None:
            _overwrite(old)


def _still_open(path: Path) -> AbstractContextManager[BufferedRandom | None]:
    # Elsewhere than on POSIX a file that is open cannot be replaced.
    return path.open("r+b") if os.name == "posix" and path.exists() else nullcontext()


def _overwrite(file: BufferedRandom) -> None:
    file.write(bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
