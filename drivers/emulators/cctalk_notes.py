"""An emulated note acceptor with escrow and stacker."""

from __future__ import annotations

import time
from collections.abc import Sequence
from enum import Enum

from drivers.emulators.cctalk_acceptor import EmulatedAcceptor

_MASTER_INHIBIT, _RETURNED, _INVALID, _INHIBITED, _JAM, _JAM_STACKER = 0, 1, 2, 4, 6, 7
_BOX_REMOVED, _BOX_INSERTED, _BOX_FULL, _STRING = 11, 12, 14, 18
_ESCROW_EMPTY, _FAILED = b"\xfe", b"\xff"
_TO_VISITOR, _TO_BOX, _KEEP = 0, 1, 255


class Insertion(Enum):
    """What became of a note put into the slot."""

    IN_ESCROW = "in_escrow"
    CAME_BACK = "came_back"
    STUCK = "stuck"


class EmulatedNotes(EmulatedAcceptor):
    """Holds one note in escrow until it is routed, its patience ends or the power goes."""

    def __init__(
        self,
        address: int,
        values: Sequence[int],
        *,
        crc: bool = False,
        motion_seconds: float = 0.02,
        patience_seconds: float = 30.0,
    ) -> None:
        super().__init__(address, values, 159, crc=crc)
        self.escrow: int | None = None
        self.returned: list[int] = []  # notes that came back out
        self.capacity = 1000
        self.jams_at_stacker = False
        self.stacks_when_cut = False  # what the power cut does with a note on its way to the box
        self._motion = motion_seconds
        self._patience = patience_seconds
        self._goes: tuple[int, float] | None = None  # whereto, and when it is there
        self._box_in = True
        self._expires = 0.0
        self.handlers |= {154: self._route, 153: lambda _: b""}

    def insert(self, value: int) -> Insertion:
        """Puts a note into the slot. A value that it was not taught is a foreign or false note."""
        self.advance(time.monotonic())
        if not self.on or self.escrow is not None:
            return Insertion.CAME_BACK
        if not self._box_in or value not in self.values:
            self.events.add(0, _INVALID if self._box_in else _BOX_REMOVED)
            return Insertion.CAME_BACK
        if value not in self.allowed:
            self.events.add(0, _INHIBITED if self.enabled else _MASTER_INHIBIT)
            return Insertion.CAME_BACK
        self.escrow, self._expires = value, time.monotonic() + self._patience
        self.events.add(self.values.index(value) + 1, 1)
        return Insertion.IN_ESCROW

    def insert_on_string(self) -> None:
        """Somebody tries to fish the note out again."""
        self.events.add(0, _STRING)

    def jam(self) -> Insertion:
        """A note gets stuck in the transport."""
        self.events.add(0, _JAM)
        return Insertion.STUCK

    def remove_box(self) -> None:
        self._box_in = False
        self.events.add(0, _BOX_REMOVED)

    def insert_box(self) -> None:
        self._box_in = True
        self.events.add(0, _BOX_INSERTED)

    def advance(self, now: float) -> None:
        if self.escrow is None:
            return
        if self._goes is None and now >= self._expires:
            self._goes = (_TO_VISITOR, now)
        if self._goes is not None and now >= self._goes[1]:
            self._arrive(self.escrow, self._goes[0])

    def switch_off(self) -> None:
        if self.escrow is not None:
            on_its_way = self._goes is not None and self._goes[0] == _TO_BOX
            self._arrive(self.escrow, _TO_BOX if on_its_way and self.stacks_when_cut else _TO_VISITOR)
        super().switch_off()

    def _route(self, data: bytes) -> bytes:
        if self.escrow is None:
            return _ESCROW_EMPTY
        if data[0] == _KEEP:
            self._expires = time.monotonic() + self._patience
            return b""
        if self._goes is not None or (data[0] == _TO_BOX and len(self.box) >= self.capacity):
            return _FAILED
        self._goes = (data[0], time.monotonic() + self._motion)
        return b""

    def _arrive(self, value: int, where: int) -> None:
        self.escrow, self._goes = None, None
        if where == _TO_VISITOR:
            self.returned.append(value)
            self.events.add(0, _RETURNED)
        elif self.jams_at_stacker:
            self.events.add(0, _JAM_STACKER)
        else:
            self.box.append(value)
            self.accepted += 1
            self.events.add(self.values.index(value) + 1, 0)
            if len(self.box) >= self.capacity:
                self.events.add(0, _BOX_FULL)
