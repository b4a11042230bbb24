"""The machine's own clock; everything else has time passed in."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """Implements `shared.domain.clock.Clock`. `offset` shifts the wall clock: for demonstrations only."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def monotonic(self) -> float:
        return time.monotonic()


def boot_name() -> str:
    """Names the span in which `monotonic` runs on: the machine's boot where the system tells, else this process."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return str(uuid.uuid4())
