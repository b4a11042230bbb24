"""A device's place on the bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from drivers.emulators.printer_mechanism import Sheet
from shanmen.bench.action import Action
from shanmen.bench.reading import Reading


def _nothing() -> tuple[Reading, ...]:
    return ()


@dataclass(frozen=True)
class Station:
    """One emulated device: what can be done to it, what it shows, and how a kiosk's settings name it.

    `settings`: tables of the settings file. `readings` and actions are called on any thread. `hear_sheets` tells a
    listener, on the device's thread, of each sheet of paper.
    """

    name: str
    title: str
    actions: tuple[Action, ...]
    settings: Mapping[str, object] = field(default_factory=dict)
    readings: Callable[[], tuple[Reading, ...]] = _nothing
    hear_sheets: Callable[[Callable[[Sheet], None]], None] | None = None


OpenStation = Callable[[ExitStack, Path], Station]
"""Starts a device; the stack stops it. The folder is for files that outlive it, such as keys."""
