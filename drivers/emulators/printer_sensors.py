"""What an emulated printer's sensors say, in the bytes of the wire."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PrinterTrouble(Enum):
    """What can be made to go wrong."""

    PAPER_OUT = "paper_out"
    NEAR_END = "near_end"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"  # the knife sticks at the next cut
    LOSE_CONFIRMATION = "lose_confirmation"  # the next one, once
    SILENT = "silent"  # takes everything, answers nothing
    DROP_CONNECTION = "drop_connection"  # in the middle of the next job, once
    SLOW_LINE = "slow_line"
    DRAWER_STUCK = "drawer_stuck"  # the pulse comes and the drawer stays shut


@dataclass(frozen=True, slots=True)
class Sensors:
    """One reading. `knife_stuck` is the cutter's error once it has come up."""

    paper_out: bool
    near_end: bool
    cover_open: bool
    knife_stuck: bool
    drawer_open: bool = False
    presented: bool = False

    @property
    def offline(self) -> bool:
        return self.paper_out or self.cover_open or self.knife_stuck

    def real_time(self, number: int) -> bytes:
        """The answer to DLE EOT `number`."""
        match number:
            case 1:
                return _byte(0x12, (self.drawer_open, 0x04), (self.offline, 0x08))
            case 2:
                return _byte(0x12, (self.cover_open, 0x04), (self.paper_out, 0x20), (self.knife_stuck, 0x40))
            case 3:
                return _byte(0x12, (self.knife_stuck, 0x08))
            case 4:
                return _byte(0x12, (self.near_end or self.paper_out, 0x0C), (self.paper_out, 0x60))
            case 20:
                return self._full()
            case _:
                return b""

    def paper(self) -> bytes:
        """The answer to GS r 1."""
        return _byte(0x00, (self.near_end or self.paper_out, 0x03), (self.paper_out, 0x0C))

    def automatic(self) -> bytes:
        """The four bytes of automatic status back."""
        first = _byte(0x10, (self.drawer_open, 0x04), (self.offline, 0x08), (self.cover_open, 0x20))
        return first + _byte(0x00, (self.knife_stuck, 0x08)) + self.paper() + b"\x00"

    def _full(self) -> bytes:
        """The full status of printers with an ejector: head, paper, user, recoverable and unrecoverable errors."""
        paper = _byte(0x00, (self.paper_out, 0x01), (self.near_end or self.paper_out, 0x04), (self.presented, 0x20))
        user = _byte(0x00, (self.cover_open, 0x02))
        return b"\x10\x0f" + paper + user + b"\x00" + _byte(0x00, (self.knife_stuck, 0x01))


def _byte(fixed: int, *bits: tuple[bool, int]) -> bytes:
    for is_set, mask in bits:
        fixed |= mask if is_set else 0
    return bytes([fixed])
