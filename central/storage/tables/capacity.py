"""Slots and leases: who may sell how much of what there is."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from central.storage.tables.base import Base, KeyBytes, KeyText, Moment, MomentOrNone, Site, Text, Whole

OUTSTANDING = "outstanding"
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
    outstanding: Mapped[Whole]  # units of leases that are not settled
    sold: Mapped[Whole]  # units that settlements reported as used


class LeaseRow(Base):
    """One lease and what became of it. `used` is set by the settlement."""

    __tablename__ = "lease"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "slot"], ["slot.site_id", "slot.slot"]),
        ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),
        CheckConstraint("units > 0 AND used >= 0 AND used <= units", name="used_within_units"),
        Index(None, "site_id", "terminal_id", "state"),
    )

    site_id: Mapped[Site]
    lease_id: Mapped[KeyBytes]
    terminal_id: Mapped[Text]
    epoch: Mapped[Whole]
    slot: Mapped[Text]
    units: Mapped[Whole]
    used: Mapped[Whole]
    state: Mapped[Text]  # OUTSTANDING or SETTLED
    granted_at: Mapped[Moment]
    sell_until: Mapped[Moment]
    settled_at: Mapped[MomentOrNone]
    price_version: Mapped[Text]
