from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], object], seconds: float = 5.0) -> float:
    """Waits for a condition; returns how long it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "did not come about in time"
        time.sleep(0.01)
    return time.monotonic() - began
