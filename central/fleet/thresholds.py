"""Beyond what a terminal needs a person's eye: pure rules over what it told and what is known of its sales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from central.fleet.heartbeats import Heard
from shared.wire.fleet import AlarmKind, SupplyLevel, TerminalCondition

Subject = tuple[AlarmKind, str]
Passed = Mapping[Subject, str]
"""What passed its threshold, and by how much, in a few words of English."""

_PAPER_CODES = {"paper_low", "paper_out"}
FAILED_SALES_OVER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SalesCount:
    """Finished sales of a terminal, and those of them that failed: paid, and not done."""

    finished: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`offline`: silence that is too long; `clock`: how far a clock may be off; basis points of failed sales."""

    offline: timedelta = timedelta(minutes=5)
    clock: timedelta = timedelta(seconds=60)
    response_ms: int = 2000
    failed_sales_bp: int = 100

    def passed(self, heard: Heard, sales: SalesCount, now: datetime) -> Passed:
        """All that is beyond its threshold. Of a silent terminal the last word on everything else stands."""
        return dict([*self._told(heard), *self._observed(heard, sales, now)])

    def _told(self, heard: Heard) -> Iterator[tuple[Subject, str]]:
        yield from _supplies(heard.beat.condition)
        ahead = heard.clock_ahead
        if abs(ahead) > self.clock:
            yield ("clock", ""), f"{round(ahead.total_seconds())} s before central's"
        response = heard.beat.response_ms
        if response is not None and response > self.response_ms:
            yield ("response", ""), f"{response} ms"

    def _observed(self, heard: Heard, sales: SalesCount, now: datetime) -> Iterator[tuple[Subject, str]]:
        if now - heard.at > self.offline:
            yield ("offline", ""), f"last heard {heard.at:%Y-%m-%d %H:%M:%S} UTC"
        if sales.failed * 10_000 > sales.finished * self.failed_sales_bp:
            yield ("failed_sales", ""), f"{sales.failed} of {sales.finished} in a day"


def _supplies(condition: TerminalCondition) -> Iterator[tuple[Subject, str]]:
    for level in condition.levels:
        if level.state != "enough":
            yield (level.supply, level.name), _left(level)
    devices = condition.devices.devices if condition.devices else []
    for device in devices:
        if device.code in _PAPER_CODES:
            yield ("paper", device.name), device.code


def _left(level: SupplyLevel) -> str:
    return level.state if level.left is None else f"{level.state}, {level.left} left"
