"""Places: slots, and the signed leases by which a terminal may sell some of them without asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.canonical import canonical, instant_text, parse_instant


@dataclass(frozen=True, slots=True, order=True)
class SlotKey:
    """A product at its starting time (UTC). Text form `entry@2026-11-23T01:00Z`."""

    product_id: str
    start: datetime

    def __str__(self) -> str:
        return f"{self.product_id}@{self.start.strftime('%Y-%m-%dT%H:%MZ')}"

    @staticmethod
    def parse(text: str) -> SlotKey:
        """The inverse of `str`. Raises ValueError when `text` is not a slot key."""
        product_id, separator, start = text.partition("@")
        if not product_id or not separator:
            raise ValueError(f"not a slot: {text!r}")
        return SlotKey(product_id, parse_instant(start.removesuffix("Z") + ":00.000000Z"))


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to sell `units` places of one slot, signed by central for one terminal (design: sync.md).

    The units are numbered 1..units; each ticket carries (lease_id, k) and central keeps that pair unique.
    Times are UTC; the terminal counts `sell_until - granted_at` in monotonic seconds from receipt.
    """

    lease_id: bytes  # 8 bytes
    terminal_id: str
    terminal_key_id: bytes  # 4 bytes, see shared.security.keys
    slot: SlotKey
    units: int
    epoch: int
    granted_at: datetime
    sell_until: datetime
    price_version: str
    signature: bytes = b""
    booking_id: str = ""  # its places are this booking's and nobody else's

    def signed_bytes(self) -> bytes:
        """What central signs: canonical JSON of every field but the signature; no key for no booking."""
        booked = {"booking_id": self.booking_id} if self.booking_id else {}
        return canonical(
            {
                "lease_id": self.lease_id.hex(),
                "terminal_id": self.terminal_id,
                "terminal_key_id": self.terminal_key_id.hex(),
                "slot": str(self.slot),
                "units": self.units,
                "epoch": self.epoch,
                "granted_at": instant_text(self.granted_at),
                "sell_until": instant_text(self.sell_until),
                "price_version": self.price_version,
                **booked,
            }
        )


@dataclass(frozen=True, slots=True)
class LeaseUnit:
    """One place: unit `k` (from 1) of a lease. A ticket bears it; the gate opens once for it."""

    lease_id: bytes
    k: int
