"""How a device is and what it did, in plain values: for the supervisor's page and for central."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DeviceReading:
    """One device at one moment. `code` and `text` say what is wrong and are empty while it is healthy.

    The numbers are those of the device's whole life, as far as it is written down: `seconds` in service, calls that
    raised an error (`failures`) or passed their deadline (`timeouts`), `counters` by name (sheets, cuts, jams, reads).
    """

    name: str
    state: Literal["healthy", "degraded", "lost"]
    code: str
    text: str
    seconds: int
    failures: int
    timeouts: int
    counters: Mapping[str, int]
