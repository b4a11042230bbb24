"""An emulated coin hopper: pays coin by coin, remembers over a power cut what it still owed."""

from __future__ import annotations

import time

from drivers.emulators.cctalk_device import CcTalkDevice

_ENABLE = 0xA5
_TIME_OUT, _OPTO_BLOCKED, _DISABLED = 0x02, 0x20, 0x80
_LOW, _LOW_FITTED = 0x01, 0x10


class EmulatedHopper(CcTalkDevice):
    """`coins` are in it; `tray` is what came out and lies before the visitor."""

    def __init__(self, address: int, value: int, coins: int, *, coin_seconds: float = 0.005, low: int = 10) -> None:
        super().__init__(address)
        self.value = value
        self.coins = coins
        self.tray: list[int] = []
        self.paid_in_life = 0
        self.jams_after: int | None = None  # coins; None: it does not jam
        self.counter = 0
        self.paid = self.unpaid = self.remaining = 0
        self.enabled = False
        self._coin_seconds = coin_seconds
        self._low = low
        self._next_at = 0.0
        self._trouble = 0
        self.handlers |= {
            217: lambda _: bytes((_LOW_FITTED | (_LOW if self.coins < self._low else 0),)),
            172: lambda _: self._stop(),
            168: lambda _: (self.paid_in_life % (1 << 24)).to_bytes(3, "little"),
            167: self._dispense,
            166: lambda _: bytes((self.counter, self.remaining, self.paid, self.unpaid)),
            164: self._enable,
            163: lambda _: bytes((self._trouble | (0 if self.enabled else _DISABLED), 0)),
        }

    def fill(self, coins: int) -> None:
        """A person pours coins in."""
        self.coins += coins

    def advance(self, now: float) -> None:
        while self.remaining and now >= self._next_at:
            if not self.coins:
                self._give_up(_TIME_OUT)
            elif self.jams_after == 0:
                self._give_up(_OPTO_BLOCKED)
            else:
                self._pay()
            self._next_at += self._coin_seconds

    def switch_off(self) -> None:
        super().switch_off()
        self.unpaid += self.remaining  # what it still owed stays known
        self.remaining, self.counter, self.enabled = 0, 0, False

    def _enable(self, data: bytes) -> bytes:
        self.enabled = data == bytes((_ENABLE,))
        return b""

    def _dispense(self, data: bytes) -> bytes | None:
        key, pieces = data[:-1], data[-1]
        if not self.enabled or key not in (self.serial, bytes(8)) or self.remaining:
            return None
        self.counter = self.counter % 255 + 1
        self.remaining, self.paid, self.unpaid, self._trouble = pieces, 0, 0, 0
        self._next_at = time.monotonic() + self._coin_seconds
        return b""

    def _pay(self) -> None:
        self.coins -= 1
        self.paid_in_life += 1
        self.tray.append(self.value)
        self.paid += 1
        self.remaining -= 1
        if self.jams_after is not None:
            self.jams_after -= 1

    def _give_up(self, trouble: int) -> None:
        self.unpaid, self.remaining, self._trouble = self.remaining, 0, trouble

    def _stop(self) -> bytes:
        left = self.remaining
        self.unpaid, self.remaining = self.unpaid + left, 0
        return bytes((left,))
