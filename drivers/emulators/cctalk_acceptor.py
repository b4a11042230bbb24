"""An emulated coin acceptor, and what it has in common with a note acceptor."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.emulators.cctalk_device import CcTalkDevice, EventBuffer

_REJECTED, _INHIBITED_COIN = 1, 128


class EmulatedAcceptor(CcTalkDevice):
    """Takes what the master allows: single types by mask, all by the master inhibit; both are off after power-up."""

    def __init__(self, address: int, values: Sequence[int], event_header: int, *, crc: bool = False) -> None:
        super().__init__(address, crc=crc)
        self.values = tuple(values)
        self.events = EventBuffer()
        self.accepted = 0  # pieces in its life
        self.box: list[int] = []
        self.mask = 0
        self.enabled = False
        self.handlers |= {
            event_header: lambda _: self.events.bytes(),
            231: self._set_mask,
            228: self._set_master,
            225: lambda _: (self.accepted % (1 << 24)).to_bytes(3, "little"),
        }

    @property
    def allowed(self) -> set[int]:
        """The values that it takes now."""
        return {value for place, value in enumerate(self.values) if self.enabled and self.mask >> place & 1}

    def switch_off(self) -> None:
        super().switch_off()
        self.events = EventBuffer()
        self.mask, self.enabled = 0, False

    def empty_box(self) -> list[int]:
        """A person takes out what is in it."""
        taken, self.box = self.box, []
        return taken

    def _set_mask(self, data: bytes) -> bytes:
        self.mask = int.from_bytes(data, "little")
        return b""

    def _set_master(self, data: bytes) -> bytes:
        self.enabled = bool(data[0] & 1)
        return b""


class EmulatedCoins(EmulatedAcceptor):
    """A coin acceptor; `paths`: the sorter's path of a value, 0 for the box."""

    def __init__(self, address: int, values: Sequence[int], paths: dict[int, int] | None = None) -> None:
        super().__init__(address, values, 229)
        self.paths = paths or {}

    def insert(self, value: int) -> bool:
        """Whether it kept the coin; else it fell into the tray."""
        if not self.on:
            return False
        if value not in self.values:
            self.events.add(0, _REJECTED)
            return False
        position = self.values.index(value)
        if value not in self.allowed:
            self.events.add(0, _INHIBITED_COIN + position)
            return False
        self.events.add(position + 1, self.paths.get(value, 0))
        self.accepted += 1
        self.box.append(value)
        return True
