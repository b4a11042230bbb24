"""A process of Qt that keeps its memory small: two habits of its libraries that cost tens of megabytes are ended."""

from __future__ import annotations

import ctypes
import linecache
from typing import Any

# mallopt(3) of the GNU C library.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024  # bytes; once set, it no longer grows with what is freed
_FILES = 4


def keep_small() -> None:
    """Called before Qt is imported and before threads start; what a platform does not know is passed over."""
    linecache.cache = _FewFiles()
    mallopt = getattr(_c_library(), "mallopt", None)
    if mallopt is not None:
        # Few arenas, and large blocks back to the system at once: pictures are large, short-lived, and on many threads.
        for option, value in ((_M_ARENA_MAX, 2), (_M_MMAP_THRESHOLD, _LARGE), (_M_TRIM_THRESHOLD, _LARGE)):
            mallopt(option, value)


class _FewFiles(dict[str, Any]):
    """The source lines of a few files. PySide reads the source of every module imported after it: 30 MB of lines."""

    def __setitem__(self, name: str, lines: Any) -> None:
        if len(self) >= _FILES:
            self.clear()
        super().__setitem__(name, lines)


def _c_library() -> object:
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):  # no such library to ask
        return None
