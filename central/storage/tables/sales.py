"""Projections of the journals: sales and tickets."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, KeyBytes, KeyNumber, KeyText, MomentOrNone, Site, Text, Whole

LIVE = "live"
VOIDED = "voided"  # another ticket has its place, or is about to
REVOKED = "revoked"  # a person has it open nothing
ENDED = "ended"  # refunded or exchanged: the place is given up


class SaleRow(Base):
    """A sale as far as its terminal has told. It is sold when `paid_attempt` is set. Amounts in minor units."""

    __tablename__ = "sale"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),
        Index(None, "site_id", "booking_id"),
        Index(None, "site_id", "opened_at"),
    )

    site_id: Mapped[Site]
    sale_id: Mapped[KeyText]
    terminal_id: Mapped[Text]
    slot: Mapped[Text]
    product_id: Mapped[Text]
    language: Mapped[Text]
    channel: Mapped[Text]
    offline: Mapped[bool] = mapped_column(Boolean)
    total_minor: Mapped[Whole]
    prepaid_minor: Mapped[Whole] = mapped_column(server_default="0")  # tickets given in exchange, or a booking
    booking_id: Mapped[Text] = mapped_column(server_default="")  # whose tickets it issues
    currency: Mapped[Text]
    opened_at: Mapped[Text]  # the terminal's own time, as it wrote it
    paid_attempt: Mapped[int | None] = mapped_column(BigInteger)
    paid_at: Mapped[MomentOrNone]
    outcome: Mapped[Text]  # empty while open


class TicketRow(Base):
    """A ticket that was signed."""

    __tablename__ = "ticket"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "sale_id"], ["sale.site_id", "sale.sale_id"]),
        Index(None, "site_id", "sale_id"),
    )

    site_id: Mapped[Site]
    ticket_id: Mapped[KeyText]
    sale_id: Mapped[Text]
    product_id: Mapped[Text]
    category_id: Mapped[Text]
    state: Mapped[Text]  # LIVE, VOIDED, ENDED or REVOKED
    replaces: Mapped[Text]


class LeaseUnitRow(Base):
    """Which live ticket has unit `k` of a lease. The primary key is the rule: one ticket for one place."""

    __tablename__ = "lease_unit"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "lease_id"], ["lease.site_id", "lease.lease_id"]),
        ForeignKeyConstraint(["site_id", "ticket_id"], ["ticket.site_id", "ticket.ticket_id"]),
    )

    site_id: Mapped[Site]
    lease_id: Mapped[KeyBytes]
    k: Mapped[KeyNumber]
    ticket_id: Mapped[Text]
