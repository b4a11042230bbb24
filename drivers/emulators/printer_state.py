"""The state of an emulated printer that people and faults change while it prints."""

from __future__ import annotations

import threading
from collections.abc import Callable

from drivers.emulators.printer_sensors import PrinterTrouble, Sensors

_NEAR_END_MM = 50.0
_STANDSTILL = frozenset({PrinterTrouble.PAPER_OUT, PrinterTrouble.COVER_OPEN})


class PowerOffError(Exception):
    """Unwinds the mechanism's thread."""


class PrinterState:
    """Shared by the port, the mechanism and the test; `changed` is called, outside the lock, on any new reading."""

    def __init__(self, changed: Callable[[Sensors], None]) -> None:
        self._report = changed
        self._condition = threading.Condition()
        self._troubles: set[PrinterTrouble] = set()
        self._paper_left_mm = float("inf")
        self._knife_stuck = self._drawer_open = self._presented = False
        self._off = False

    def sensors(self) -> Sensors:
        with self._condition:
            near_end = PrinterTrouble.NEAR_END in self._troubles or self._paper_left_mm < _NEAR_END_MM
            out, cover = PrinterTrouble.PAPER_OUT in self._troubles, PrinterTrouble.COVER_OPEN in self._troubles
            return Sensors(out, near_end, cover, self._knife_stuck, self._drawer_open, self._presented)

    def has(self, trouble: PrinterTrouble) -> bool:
        with self._condition:
            return trouble in self._troubles

    def set(self, trouble: PrinterTrouble) -> None:
        self._change(lambda: self._troubles.add(trouble))

    def clear(self, trouble: PrinterTrouble) -> None:
        self._change(lambda: self._troubles.discard(trouble))

    def take(self, trouble: PrinterTrouble) -> bool:
        """Whether a trouble that strikes once was set; it is over then."""
        with self._condition:
            struck = trouble in self._troubles
            self._troubles.discard(trouble)
            return struck

    def load_paper(self, millimetres: float) -> None:
        def load() -> None:
            self._paper_left_mm = millimetres
            self._troubles -= {PrinterTrouble.PAPER_OUT, PrinterTrouble.NEAR_END}

        self._change(load)

    def use_paper(self) -> None:
        """One millimetre; the roll may end with it."""

        def use() -> None:
            self._paper_left_mm -= 1
            if self._paper_left_mm <= 0:
                self._troubles.add(PrinterTrouble.PAPER_OUT)

        self._change(use)

    def move_drawer(self, is_open: bool) -> None:
        """Opened by its magnet or pushed shut by hand."""

        def move() -> None:
            self._drawer_open = is_open

        self._change(move)

    def present(self, is_presented: bool) -> None:
        """Whether a sheet hangs in the mouth of the machine."""

        def move() -> None:
            self._presented = is_presented

        self._change(move)

    def switch_off(self) -> None:
        with self._condition:
            self._off = True
            self._condition.notify_all()

    def wait_until_ready(self) -> None:
        """Stands still without paper or with an open cover. Raises PowerOffError."""
        self._wait(lambda: not self._troubles & _STANDSTILL)

    def free_the_knife(self) -> None:
        """Stands still while the knife sticks. Raises PowerOffError."""
        if self.has(PrinterTrouble.CUTTER):
            self._change(lambda: self._stick(True))
            self._wait(lambda: PrinterTrouble.CUTTER not in self._troubles)
            self._change(lambda: self._stick(False))

    def check_power(self) -> None:
        """Raises PowerOffError when the printer was switched off."""
        if self._off:
            raise PowerOffError

    def _stick(self, stuck: bool) -> None:
        self._knife_stuck = stuck

    def _wait(self, ready: Callable[[], bool]) -> None:
        with self._condition:
            self._condition.wait_for(lambda: ready() or self._off)
            self.check_power()

    def _change(self, change: Callable[[], None]) -> None:
        with self._condition:
            before = self.sensors()
            change()
            after = self.sensors()
            self._condition.notify_all()
        if after != before:
            self._report(after)
