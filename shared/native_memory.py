"""The C library's allocator, told to give memory back: pictures are large, short-lived and made on many threads."""

from __future__ import annotations

import ctypes

# mallopt(3) of the GNU C library.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024  # bytes; set, it no longer grows with what is freed


def keep_small() -> None:
    """Few arenas, and large blocks back to the system at once. Called before threads start; elsewhere does nothing."""
    mallopt = _of_the_c_library("mallopt")
    if mallopt is not None:
        for option, value in ((_M_ARENA_MAX, 2), (_M_MMAP_THRESHOLD, _LARGE), (_M_TRIM_THRESHOLD, _LARGE)):
            mallopt(option, value)


def give_back() -> None:
    """Hands the system what was freed. Some milliseconds: for a moment when nobody waits."""
    trim = _of_the_c_library("malloc_trim")
    if trim is not None:
        trim(0)


def _of_the_c_library(name: str) -> ctypes._NamedFuncPointer | None:
    try:
        return getattr(ctypes.CDLL(None), name, None)
    except (OSError, TypeError):  # no such library to ask
        return None
