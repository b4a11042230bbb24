"""What the gates told."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from central.storage.tables.base import Base, Bytes, KeyText, Moment, Site, Text, Whole


class AdmissionRow(Base):
    """One scan that let somebody in. Two of one ticket are both kept: gates may have been without a line."""

    __tablename__ = "admission"
    __table_args__ = (Index(None, "site_id", "received_at"),)

    site_id: Mapped[Site]
    ticket_id: Mapped[KeyText]
    gate: Mapped[KeyText]
    at: Mapped[KeyText]  # the gate's own time, as it wrote it
    lease_id: Mapped[Bytes]
    k: Mapped[Whole]
    received_at: Mapped[Moment]
    told_by: Mapped[Text]  # the terminal that signed the request
