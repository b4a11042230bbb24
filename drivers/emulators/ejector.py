"""The ejector of a kiosk printer: it holds a cut sheet in the machine's mouth until it is taken, or draws it back."""

from __future__ import annotations

import threading

from drivers.emulators.escpos_commands import EjectorFunction
from drivers.emulators.printer_state import PrinterState

_RETRACT, _PRESENT, _EJECT = 2, 3, 5


class Ejector:
    """Counts what became of the sheets. Shared by the mechanism and the visitor's hand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = self._retracted = 0

    @property
    def taken(self) -> int:
        """Sheets that a hand took or that fell out in front."""
        with self._lock:
            return self._taken

    @property
    def retracted(self) -> int:
        """Sheets in the bin behind."""
        with self._lock:
            return self._retracted

    def execute(self, command: EjectorFunction, state: PrinterState) -> None:
        """Presenting pushes out a sheet that still hangs there."""
        held = state.sensors().presented
        with self._lock:
            self._retracted += held and command.function == _RETRACT
            self._taken += held and command.function in {_PRESENT, _EJECT}
        if command.function in {_RETRACT, _PRESENT, _EJECT}:
            state.present(command.function == _PRESENT)

    def take(self, state: PrinterState) -> None:
        """The visitor takes the sheet; nothing happens when there is none."""
        with self._lock:
            self._taken += state.sensors().presented
        state.present(is_presented=False)
