"""A visitor beside the process under test: puts in the next piece as soon as the slot takes it, whoever runs the till.

For tests that kill the process: the visitor and the machine outlive it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from drivers.emulators.cctalk_bus import CashMachineEmulator
from drivers.emulators.cctalk_notes import Insertion

_LOOK_SECONDS = 0.005


class StandingVisitor(threading.Thread):
    """`notes` and `coins` are values in minor units, put in one after the other; it gives up at `leave`."""

    def __init__(self, emulator: CashMachineEmulator, notes: Sequence[int] = (), coins: Sequence[int] = ()) -> None:
        super().__init__(name="visitor", daemon=True)
        self._emulator = emulator
        self._notes, self._coins = list(notes), list(coins)
        self._left = threading.Event()

    @property
    def put_in(self) -> int:
        """What it no longer has in its hands, as far as the devices kept it: in minor units."""
        inside = self._emulator.inside
        return sum(inside.notes.box) + sum(inside.coins.box) + (inside.notes.escrow or 0)

    def leave(self) -> None:
        """Ends the thread."""
        self._left.set()
        self.join()

    def run(self) -> None:
        while (self._notes or self._coins) and not self._left.is_set():
            if self._coins and self._falls_in(self._coins[0]):
                self._coins.pop(0)
            elif self._notes and self._goes_in(self._notes[0]):
                self._notes.pop(0)
            time.sleep(_LOOK_SECONDS)

    def _falls_in(self, coin: int) -> bool:
        return coin in self._emulator.inside.coins.allowed and self._emulator.insert_coin(coin)

    def _goes_in(self, note: int) -> bool:
        if note not in self._emulator.inside.notes.allowed:
            return False
        return self._emulator.insert_note(note) is Insertion.IN_ESCROW
