"""What a device did in its whole life, kept over restarts: hours in service, sheets, cuts, jams, reads, notes."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

_log = structlog.get_logger()
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything so far. `failures` raised an error, `timeouts` passed their deadline."""

    hours: float = 0.0
    calls: int = 0
    failures: int = 0
    timeouts: int = 0
    counters: Mapping[str, int] = field(default_factory=dict)

    def plus(self, more: Totals) -> Totals:
        """Both together; counters by name."""
        names = sorted({*self.counters, *more.counters})
        return Totals(
            self.hours + more.hours,
            self.calls + more.calls,
            self.failures + more.failures,
            self.timeouts + more.timeouts,
            {name: self.counters.get(name, 0) + more.counters.get(name, 0) for name in names},
        )


class Odometer(Protocol):
    """Keeps totals by device. Called from every device's thread; never raises, wear is not worth a sale."""

    def read(self, device: str) -> Totals: ...

    def write(self, device: str, totals: Totals) -> None: ...


class OdometerFile:
    """A small JSON file, replaced as a whole. A file that cannot be read is set aside and counting begins anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._totals = self._load()

    def read(self, device: str) -> Totals:
        with self._lock:
            return self._totals.get(device, Totals())

    def write(self, device: str, totals: Totals) -> None:
        with self._lock:
            self._totals[device] = totals
            try:
                self._save()
            except OSError as error:
                _log.warning("odometer.not_saved", path=str(self._path), cause=error.strerror)

    def _save(self) -> None:
        devices = {name: _document(totals) for name, totals in sorted(self._totals.items())}
        draft = self._path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"format": _FORMAT, "devices": devices}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def _load(self) -> dict[str, Totals]:
        try:
            document = json.loads(self._path.read_text("utf-8"))
            return {name: _totals(entry) for name, entry in document["devices"].items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.error("odometer.unreadable", path=str(self._path), kind=type(error).__name__)
            self._set_aside()
            return {}

    def _set_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".broken"))
        except OSError as error:
            _log.warning("odometer.not_set_aside", path=str(self._path), cause=error.strerror)


def _document(totals: Totals) -> dict[str, object]:
    return {
        "hours": round(totals.hours, 4),
        "calls": totals.calls,
        "failures": totals.failures,
        "timeouts": totals.timeouts,
        "counters": dict(totals.counters),
    }


def _totals(entry: Mapping[str, object]) -> Totals:
    """Raises TypeError, KeyError and ValueError for what is no entry."""
    counters = entry["counters"]
    if not isinstance(counters, dict):
        raise TypeError("counters are an object")
    return Totals(
        _number(entry["hours"]),
        int(_number(entry["calls"])),
        int(_number(entry["failures"])),
        int(_number(entry["timeouts"])),
        {str(name): int(_number(value)) for name, value in counters.items()},
    )


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise TypeError("a total is a number from 0 on")
    return value
