"""Where the paper falls: every sheet that any printer on the bench cut, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from drivers.emulators.printer_mechanism import Sheet
from shanmen.bench.paper import photograph


@dataclass(frozen=True, slots=True)
class TrayedSheet:
    """A sheet, its number from 1, and the device that it came out of."""

    number: int
    device: str
    sheet: Sheet

    def png(self) -> bytes:
        """A picture of it."""
        buffer = BytesIO()
        photograph(self.sheet.image).save(buffer, "PNG")
        return buffer.getvalue()


class Tray:
    """Filled by the printers' threads, read by anyone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sheets: list[TrayedSheet] = []
        self._listeners: list[Callable[[TrayedSheet], None]] = []

    def listener(self, device: str) -> Callable[[Sheet], None]:
        """What a printer calls with its sheets."""
        return lambda sheet: self._add(device, sheet)

    def hear(self, listener: Callable[[TrayedSheet], None]) -> None:
        """Calls `listener` with each new sheet, on the printer's thread."""
        with self._lock:
            self._listeners.append(listener)

    @property
    def sheets(self) -> tuple[TrayedSheet, ...]:
        with self._lock:
            return tuple(self._sheets)

    def _add(self, device: str, sheet: Sheet) -> None:
        with self._lock:
            trayed = TrayedSheet(len(self._sheets) + 1, device, sheet)
            self._sheets.append(trayed)
            listeners = list(self._listeners)
        for listener in listeners:
            listener(trayed)
