"""The cash drawer at a printer's connector: kicked by ESC p, seen through connector pin 3 (DLE EOT 1, bit 04h)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

import structlog

from drivers.contracts.drawer import DrawerAnswer, DrawerOpen, DrawerShut, DrawerUnknown
from drivers.contracts.printer import Printer, PrinterReady
from drivers.printer.codec import drawer_pulse
from drivers.printer.dialogue import Dialogue
from drivers.transport.line import Monotonic, TransportError

_log = structlog.get_logger()
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class DrawerWiring:
    """How the drawer is connected. `open_level`: what its switch puts on pin 3 while it is open."""

    pin: Literal[2, 5] = 2
    pulse_ms: int = 100
    open_level: Literal["high", "low"] = "high"
    open_seconds: float = 1.0

    def __post_init__(self) -> None:
        if not 2 <= self.pulse_ms <= 254:
            raise ValueError("a pulse takes 2 to 254 ms")


class PrinterDrawer:
    """Implements `drivers.contracts.drawer.Drawer`. Made by `EscPosPrinter.drawer`, whose line it shares."""

    def __init__(self, printer: Printer, dialogue: Dialogue, wiring: DrawerWiring, monotonic: Monotonic) -> None:
        self._printer = printer
        self._dialogue = dialogue
        self._wiring = wiring
        self._monotonic = monotonic

    def drawer(self) -> DrawerAnswer:
        status = self._printer.status()  # also checks the thread, and drops a dead line
        try:
            high = self._dialogue.is_drawer_pin_high()
        except TransportError as error:
            _log.warning("drawer.unknown", cause=error.cause, status=type(status).__name__)
            return DrawerUnknown(error.cause)
        return DrawerOpen() if high == (self._wiring.open_level == "high") else DrawerShut()

    def kick(self) -> DrawerAnswer:
        """A printer that stands still keeps the pulse for later: it is sent to a ready one only."""
        before = self.drawer()
        if not isinstance(before, DrawerShut) or not isinstance(self._printer.status(), PrinterReady):
            return before
        try:
            self._dialogue.send(drawer_pulse(self._wiring.pin, self._wiring.pulse_ms))
        except TransportError as error:
            return DrawerUnknown(error.cause)
        return self._once_open()

    def _once_open(self) -> DrawerAnswer:
        deadline = self._monotonic() + self._wiring.open_seconds
        while isinstance(answer := self.drawer(), DrawerShut) and self._monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        return answer
