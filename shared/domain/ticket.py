"""A ticket's 48 bytes and its signature: what the QR on the paper says (design: sync.md, Ticket)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.domain.capacity import LeaseUnit

VERSION = 1
ED25519 = 1  # the algorithm byte; others are reserved for the SM2/SM3 profile
SIGNATURE_BYTES = 64

# version, algorithm, key id, lease id, k, ticket id, product code, slot minute, valid from, valid to, flags
_LAYOUT = struct.Struct(">BB4s8sH16sHIIIH")


@dataclass(frozen=True, slots=True)
class TicketPayload:
    """What is signed. `slot_start`, `valid_from`, `valid_to` are UTC; `flags` counts reissues in its low 4 bits."""

    key_id: bytes  # 4 bytes: which public key checks it
    unit: LeaseUnit
    ticket_id: bytes  # 16 bytes
    product_code: int  # the catalogue's number of the product, 1..65535
    slot_start: datetime  # whole minutes
    valid_from: datetime
    valid_to: datetime
    flags: int = 0

    def to_bytes(self) -> bytes:
        """The 48 bytes. Raises struct.error when a field is out of its range."""
        return _LAYOUT.pack(
            VERSION,
            ED25519,
            self.key_id,
            self.unit.lease_id,
            self.unit.k,
            self.ticket_id,
            self.product_code,
            int(self.slot_start.timestamp()) // 60,
            int(self.valid_from.timestamp()),
            int(self.valid_to.timestamp()),
            self.flags,
        )

    @staticmethod
    def from_bytes(data: bytes) -> TicketPayload:
        """The inverse of `to_bytes`. Raises ValueError for another length, version or algorithm."""
        if len(data) != _LAYOUT.size:
            raise ValueError(f"a ticket has {_LAYOUT.size} bytes, not {len(data)}")
        version, algorithm, key, lease, k, ticket, product, slot, start, end, flags = _LAYOUT.unpack(data)
        if (version, algorithm) != (VERSION, ED25519):
            raise ValueError(f"unknown ticket version {version} or algorithm {algorithm}")
        return TicketPayload(key, LeaseUnit(lease, k), ticket, product, _utc(slot * 60), _utc(start), _utc(end), flags)


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def short_serial(ticket_id: str) -> str:
    """The serial as a person reads it out: the last 12 of the ticket id's 32 hex digits, in groups of four."""
    tail = ticket_id[-12:].upper()
    return "-".join(tail[i : i + 4] for i in range(0, len(tail), 4))
