"""The change feed and the one sequencer that numbers it."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from central.storage.tables.base import Base, Bytes, KeyText, Site, Whole


class SequencerRow(Base):
    """The last number given. Taking one locks the row until the commit, so numbers appear in their order."""

    __tablename__ = "sequencer"

    site_id: Mapped[Site]
    name: Mapped[KeyText]
    last: Mapped[Whole]


class FeedRow(Base):
    """The newest entry of a kind and subject (a slot, or the kind itself)."""

    __tablename__ = "feed_entry"
    __table_args__ = (Index(None, "site_id", "cursor", unique=True),)

    site_id: Mapped[Site]
    kind: Mapped[KeyText]
    subject: Mapped[KeyText]
    cursor: Mapped[Whole]
    document: Mapped[Bytes]  # canonical JSON of the wire entry without its cursor
