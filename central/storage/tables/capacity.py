"""Slots and leases: who may sell how much of what there is."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, KeyBytes, KeyText, Moment, MomentOrNone, Site, Text, Whole

OUTSTANDING = "outstanding"
RECLAIMED = "reclaimed"  # its terminal is silent: what has no ticket was given free again, at a risk
SETTLED = "settled"


class SlotRow(Base):
    """A slot's places. I1 (design: sync.md) is the first constraint: no statement can break it."""

    __tablename__ = "slot"
    __table_args__ = (
        CheckConstraint("sold + outstanding + free = capacity - buffer", name="conserved"),
        CheckConstraint("free >= 0 AND outstanding >= 0 AND sold >= 0 AND buffer >= 0", name="not_negative"),
        Index(None, "site_id", "starts_at"),
    )

    site_id: Mapped[Site]
    slot: Mapped[KeyText]  # text form of a SlotKey
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    capacity: Mapped[Whole]
    buffer: Mapped[Whole]  # kept back from sale
    free: Mapped[Whole]
    outstanding: Mapped[Whole]  # units of leases that are not settled, and holds of channels
    sold: Mapped[Whole]  # units that settlements reported as used, and bookings
    held: Mapped[Whole] = mapped_column(server_default="0")  # of the outstanding: holds of channels
    booked: Mapped[Whole] = mapped_column(server_default="0")  # of the sold: bookings
    reclaimed: Mapped[Whole] = mapped_column(server_default="0")  # taken back unsettled: what could be oversold
    oversold: Mapped[Whole] = mapped_column(server_default="0")  # late tickets on reclaimed units without a free place


class LeaseRow(Base):
    """One lease and what became of it. `used` is set by the settlement.

    A lease of a booking has its places from the booking: it never changes its slot.
    """

    __tablename__ = "lease"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "slot"], ["slot.site_id", "slot.slot"]),
        ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),
        CheckConstraint("units > 0 AND used >= 0 AND used <= units", name="used_within_units"),
        Index(None, "site_id", "terminal_id", "state"),
        Index(None, "site_id", "state", "sell_until"),
        Index(None, "site_id", "slot"),
    )

    site_id: Mapped[Site]
    lease_id: Mapped[KeyBytes]
    terminal_id: Mapped[Text]
    epoch: Mapped[Whole]
    slot: Mapped[Text]
    units: Mapped[Whole]
    used: Mapped[Whole]
    state: Mapped[Text]  # OUTSTANDING, RECLAIMED or SETTLED
    granted_at: Mapped[Moment]
    sell_until: Mapped[Moment]
    settled_at: Mapped[MomentOrNone]
    price_version: Mapped[Text]
    booking_id: Mapped[Text] = mapped_column(server_default="")
