"""How a terminal's devices are, as it tells central with its heart-beat."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.wire.base import Count, Instant, Name, WireModel

Remark = Annotated[str, StringConstraints(max_length=200)]

MAX_DEVICES = 32
MAX_COUNTERS = 32


class DeviceReport(WireModel):
    """One device. `code` (such as `paper_low`) is stable and `text` is for support; both are empty while it is healthy.

    `seconds` in service and `counters` (sheets, cuts, jams, reads, notes) are those of the device's whole life.
    """

    name: Name
    state: Literal["healthy", "degraded", "lost"]
    code: Annotated[str, StringConstraints(max_length=64)] = ""
    text: Remark = ""
    seconds: Count = 0
    failures: Count = 0
    timeouts: Count = 0
    counters: dict[Name, Count] = Field(default_factory=dict, max_length=MAX_COUNTERS)


class DevicesReport(WireModel):
    """All devices of a terminal at one moment of its own clock."""

    at: Instant
    devices: Annotated[list[DeviceReport], Field(max_length=MAX_DEVICES)]
