"""The terminals' journals as received, and what in them needs a person."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import (
    Base,
    Bytes,
    KeyNumber,
    KeyText,
    LongText,
    Moment,
    MomentOrNone,
    Site,
    Text,
    Whole,
)


class JournalHeadRow(Base):
    """How far the journal of one terminal in one epoch has come: the last number and its hash."""

    __tablename__ = "journal_head"
    __table_args__ = (ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),)

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    epoch: Mapped[KeyNumber]
    seq: Mapped[Whole]
    hash: Mapped[Bytes]
    profile: Mapped[Text] = mapped_column(server_default="sha256")  # the epoch's hash: sha256 or sm3


class JournalRow(Base):
    """An event, kept raw: `body` is its canonical JSON."""

    __tablename__ = "journal_event"
    __table_args__ = (ForeignKeyConstraint(["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"]),)

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    epoch: Mapped[KeyNumber]
    seq: Mapped[KeyNumber]
    hash: Mapped[Bytes]
    previous_hash: Mapped[Bytes]
    at: Mapped[Text]
    type: Mapped[Text]
    schema: Mapped[Whole]
    body: Mapped[Bytes]
    signature: Mapped[Bytes]
    received_at: Mapped[Moment]


class ExceptionRow(Base):
    """An event that was kept but could not be taken as it is. Nothing waits behind it; a supervisor settles it."""

    __tablename__ = "exception"
    __table_args__ = (Index(None, "site_id", "settled_at"),)

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    epoch: Mapped[KeyNumber]
    seq: Mapped[KeyNumber]
    kind: Mapped[Text]
    detail: Mapped[LongText]
    raised_at: Mapped[Moment]
    settled_at: Mapped[MomentOrNone]
    settled_by: Mapped[Text] = mapped_column(server_default="")
    settled_how: Mapped[Text] = mapped_column(server_default="")
    note: Mapped[LongText] = mapped_column(server_default="")
