"""Projections of what comes after and beside a sale: its payments, refunds and claims. Amounts in minor units."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from central.storage.tables.base import Base, KeyNumber, KeyText, LongText, MomentOrNone, Site, Text, Whole

PAID = "paid"
_SALE = (["site_id", "sale_id"], ["sale.site_id", "sale.sale_id"])


class PaymentRow(Base):
    """An attempt to pay. The sale is sold when those in state PAID make up what was left to pay."""

    __tablename__ = "payment"
    __table_args__ = (ForeignKeyConstraint(*_SALE),)

    site_id: Mapped[Site]
    sale_id: Mapped[KeyText]
    attempt: Mapped[KeyNumber]
    method: Mapped[Text]
    amount_minor: Mapped[Whole]
    state: Mapped[Text]  # created, PAID, or back: reversed or refunded


class RefundRow(Base):
    """Tickets taken back: `value_minor` less `fee_minor` was paid out or credited to another sale."""

    __tablename__ = "refund"
    __table_args__ = (ForeignKeyConstraint(*_SALE), Index(None, "site_id", "sale_id"))

    site_id: Mapped[Site]
    refund_id: Mapped[KeyText]
    sale_id: Mapped[Text]
    kind: Mapped[Text]  # refund, void, exchange
    value_minor: Mapped[Whole]
    fee_minor: Mapped[Whole]
    credited_minor: Mapped[Whole]
    approved_by: Mapped[Text]
    reason: Mapped[LongText]
    outcome: Mapped[Text]  # empty while open, queued while its terminal may not decide


class ClaimRow(Base):
    """A claim code that any window honours once. `subject` is the sale or the refund that could not be finished."""

    __tablename__ = "claim"
    __table_args__ = (ForeignKeyConstraint(*_SALE), Index(None, "site_id", "code"))

    site_id: Mapped[Site]
    subject: Mapped[KeyText]
    sale_id: Mapped[Text]
    code: Mapped[Text]
    reason: Mapped[Text]
    honoured_at: Mapped[MomentOrNone]
