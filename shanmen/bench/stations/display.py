"""The customer display on the bench."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.line_display import LineDisplayEmulator
from shanmen.bench.reading import Display
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import unplug_switch


def open_display(stack: ExitStack, _folder: Path) -> Station:
    """Starts a display of two lines."""
    return display_station(stack.enter_context(LineDisplayEmulator()))


def display_station(display: LineDisplayEmulator) -> Station:
    """The place of a display that runs already."""
    settings = {"devices": {"display": {"driver": "cd5220", "address": display.address}}}
    return Station(
        "display",
        "Customer display",
        (unplug_switch(display),),
        settings,
        lambda: (Display("shows", display.lines),),
    )
