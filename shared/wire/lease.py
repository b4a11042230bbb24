"""Leases on the wire: asking for places, the signed grant, the settlement."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.domain.canonical import instant_text, parse_instant
from shared.domain.capacity import Lease, SlotKey
from shared.wire.base import Count, Hex4, Hex8, Hex64, Instant, Name, Number, SlotText, WireModel

MAX_WANTS = 500  # slots in one request
MAX_LEASE_UNITS = 65535  # `k` has two bytes in a ticket


class LeaseWish(WireModel):
    """One slot. `units` None: a share of what is free, as central sees fit; else exactly so many, or what is left."""

    slot: SlotText
    units: Annotated[int, Field(ge=1, le=MAX_LEASE_UNITS)] | None = None


class LeaseRequest(WireModel):
    """Wishes, and in `holding` every lease the terminal has and has not settled.

    Leases of its own that it does not name come again with the answer, so that an answer lost on the way costs
    no places and asking again is harmless.
    """

    wants: Annotated[list[LeaseWish], Field(max_length=MAX_WANTS)]
    holding: Annotated[list[Hex8], Field(max_length=4 * MAX_WANTS)]


class LeaseDocument(WireModel):
    """A signed lease: the fields of `shared.domain.capacity.Lease` as text."""

    lease_id: Hex8
    terminal_id: Name
    terminal_key_id: Hex4
    slot: SlotText
    units: Number
    epoch: Number
    granted_at: Instant
    sell_until: Instant
    price_version: Name
    signature: Hex64
    booking_id: Annotated[str, Field(max_length=64)] = ""

    @staticmethod
    def of(lease: Lease) -> LeaseDocument:
        return LeaseDocument(
            lease_id=lease.lease_id.hex(),
            terminal_id=lease.terminal_id,
            terminal_key_id=lease.terminal_key_id.hex(),
            slot=str(lease.slot),
            units=lease.units,
            epoch=lease.epoch,
            granted_at=instant_text(lease.granted_at),
            sell_until=instant_text(lease.sell_until),
            price_version=lease.price_version,
            signature=lease.signature.hex(),
            booking_id=lease.booking_id,
        )

    def to_domain(self) -> Lease:
        return Lease(
            lease_id=bytes.fromhex(self.lease_id),
            terminal_id=self.terminal_id,
            terminal_key_id=bytes.fromhex(self.terminal_key_id),
            slot=SlotKey.parse(self.slot),
            units=self.units,
            epoch=self.epoch,
            granted_at=parse_instant(self.granted_at),
            sell_until=parse_instant(self.sell_until),
            price_version=self.price_version,
            signature=bytes.fromhex(self.signature),
            booking_id=self.booking_id,
        )


class LeaseDenial(WireModel):
    """Why a wish brought no lease."""

    slot: SlotText
    reason: Literal["full", "past", "unknown_slot"]


class LeaseAnswer(WireModel):
    """Grants, the terminal's own leases that it did not name, and denials."""

    leases: list[LeaseDocument]
    denied: list[LeaseDenial]


class SettlementRequest(WireModel):
    """The terminal sells nothing more from the lease; `used` of its units carry a ticket."""

    used: Count


class SettlementAnswer(WireModel):
    """What came of the units. Asked again with the same `used`, the answer is the same."""

    lease_id: Hex8
    used: Count
    returned: Count
