"""Bookings of channels, how they are found again, and who collects one."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from central.storage.tables.base import Base, Bytes, KeyBytes, KeyText, Moment, MomentOrNone, Site, Text, Whole

HELD, EXPIRED, RELEASED = "held", "expired", "released"
CONFIRMED, REFUNDED, COLLECTED = "confirmed", "refunded", "collected"


class BookingRow(Base):
    """One slot booked by a channel. Amounts in minor units; `party` and `quote` are canonical JSON."""

    __tablename__ = "booking"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "slot"], ["slot.site_id", "slot.slot"]),
        UniqueConstraint("site_id", "channel_id", "reference"),
        UniqueConstraint("site_id", "code"),
        CheckConstraint("units > 0 AND total_minor >= 0", name="sane"),
        Index(None, "site_id", "state", "hold_until"),
        Index(None, "site_id", "slot", "state"),
    )

    site_id: Mapped[Site]
    booking_id: Mapped[KeyText]
    channel_id: Mapped[Text]
    reference: Mapped[Text]  # the channel's own order number
    code: Mapped[Text]  # what the visitor shows; an order code opens nothing by itself
    state: Mapped[Text]
    slot: Mapped[Text]
    units: Mapped[Whole]
    party: Mapped[Bytes]
    total_minor: Mapped[Whole]
    refunded_minor: Mapped[Whole]
    currency: Mapped[Text]
    quote: Mapped[Bytes]
    hold_until: Mapped[Moment]
    created_at: Mapped[Moment]
    confirmed_at: Mapped[MomentOrNone]
    contact: Mapped[Bytes]  # sealed under data key `contact_key`; empty when none was given
    contact_key: Mapped[Whole]


class BookingLookUpRow(Base):
    """A keyed hash of a telephone or document number by which a booking is found."""

    __tablename__ = "booking_look_up"
    __table_args__ = (ForeignKeyConstraint(["site_id", "booking_id"], ["booking.site_id", "booking.booking_id"]),)

    site_id: Mapped[Site]
    digest: Mapped[KeyBytes]
    booking_id: Mapped[KeyText]


class CollectionRow(Base):
    """Who issues a booking's tickets. The primary key is the rule: one terminal at a time."""

    __tablename__ = "collection"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "booking_id"], ["booking.site_id", "booking.booking_id"]),
        ForeignKeyConstraint(["site_id", "lease_id"], ["lease.site_id", "lease.lease_id"]),
        ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),
        Index(None, "site_id", "lease_id"),
    )

    site_id: Mapped[Site]
    booking_id: Mapped[KeyText]
    terminal_id: Mapped[Text]
    lease_id: Mapped[Bytes]
    ahead: Mapped[Whole]  # 1: given out ahead, for collecting offline
    taken_at: Mapped[Moment]
    sale_id: Mapped[Text]  # empty until its terminal told
