"""A program that dies at a chosen step: every write to the book and every command to a device is a point, twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from drivers.contracts.cash import CashDevices
from shared.selling.cash_ports import CashStore, Till

_WATCHED = frozenset(
    {"record", "keep", "accept", "poll", "total", "stack", "give_back", "hold", "status", "dispense", "stop"}
)


class Killed(BaseException):
    """The process is gone: nothing catches this, and nothing works after it."""


class Points:
    """Counts from 1; dies at `kill_at`, and stays dead."""

    def __init__(self, kill_at: int = 0) -> None:
        self.names: list[str] = []
        self._kill_at = kill_at

    @property
    def at(self) -> str:
        """Where it died, if it did."""
        return self.names[self._kill_at - 1] if 0 < self._kill_at <= len(self.names) else "nowhere"

    def __call__(self, name: str) -> None:
        self.names.append(name)
        if self._kill_at and len(self.names) >= self._kill_at:
            raise Killed(name)


class Watched:
    """Anything whose commands are points before and after."""

    def __init__(self, inner: object, points: Points) -> None:
        self._inner = inner
        self._points = points

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._watch(name, found) if name in _WATCHED else found

    def _watch(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object) -> object:
            self._points(f"before {name}")
            answer = call(*arguments)
            self._points(f"after {name}")
            return answer

        return watched


def mortal(till: Till, points: Points) -> Till:
    """The same till, that dies where it is told."""
    devices = CashDevices(
        tuple(cast(Any, Watched(each, points)) for each in till.devices.notes),
        tuple(cast(Any, Watched(each, points)) for each in till.devices.coins),
        tuple(cast(Any, Watched(each, points)) for each in till.devices.hoppers),
    )
    return replace(till, store=cast(CashStore, Watched(till.store, points)), devices=devices)
