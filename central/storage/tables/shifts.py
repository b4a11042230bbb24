"""Projection of the cashiers' shifts, as far as their terminals have told. Amounts in minor units."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, KeyNumber, KeyText, Site, Text, Whole


class ShiftRow(Base):
    """A shift of a terminal in an epoch. `z_number` is 0 while it is open."""

    __tablename__ = "shift"
    __table_args__ = (
        ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),
        Index(None, "site_id", "business_day"),
    )

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    epoch: Mapped[KeyNumber]
    number: Mapped[KeyNumber]
    drawer: Mapped[Text]
    business_day: Mapped[Text]
    currency: Mapped[Text]
    opened_by: Mapped[Text]
    opened_at: Mapped[Text]  # the terminal's own time, as it wrote it
    float_minor: Mapped[Whole]
    expected_minor: Mapped[int | None] = mapped_column(BigInteger)
    counted_minor: Mapped[int | None] = mapped_column(BigInteger)
    z_number: Mapped[Whole]
    closed_by: Mapped[Text]
    closed_at: Mapped[Text]
