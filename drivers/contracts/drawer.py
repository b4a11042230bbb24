"""The cash drawer: kicked open by the printer's pulse, and believed open only when its sensor says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DrawerOpen:
    """The sensor sees it open."""


@dataclass(frozen=True, slots=True)
class DrawerShut:
    """The sensor sees it shut; after a kick: it did not open (locked, stuck, or no drawer connected)."""


@dataclass(frozen=True, slots=True)
class DrawerUnknown:
    """The device with the sensor does not answer. After a kick the drawer may be open."""

    cause: str


DrawerAnswer = DrawerOpen | DrawerShut | DrawerUnknown


class Drawer(Protocol):
    """A drawer. All calls block and are made on the thread of the device that it hangs on."""

    def drawer(self) -> DrawerAnswer:
        """What the sensor says now."""
        ...

    def kick(self) -> DrawerAnswer:
        """Sends the pulse and waits for the sensor. A drawer that was open stays open: `DrawerOpen`."""
        ...
