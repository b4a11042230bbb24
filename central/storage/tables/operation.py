"""How the terminals are, what they are told to do, and what needs a person's eye."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import (
    Base,
    Bytes,
    KeyBytes,
    KeyText,
    LongText,
    Moment,
    MomentOrNone,
    Site,
    Text,
    Whole,
)

WAITING = "waiting"  # of a command: no receipt came yet
_TERMINAL = (["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"])


class HeartbeatRow(Base):
    """A terminal's last heart-beat; `document` is its JSON."""

    __tablename__ = "heartbeat"
    __table_args__ = (ForeignKeyConstraint(*_TERMINAL),)

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    received_at: Mapped[Moment]
    document: Mapped[Bytes]


class CommandRow(Base):
    """A command to a terminal: WAITING, then what its receipts said."""

    __tablename__ = "command"
    __table_args__ = (ForeignKeyConstraint(*_TERMINAL), Index(None, "site_id", "terminal_id", "state"))

    site_id: Mapped[Site]
    command_id: Mapped[KeyText]
    terminal_id: Mapped[Text]
    kind: Mapped[Text]
    text: Mapped[LongText]
    switched_on: Mapped[Whole]  # 0 or 1
    author: Mapped[Text]
    given_at: Mapped[Moment]
    state: Mapped[Text]
    remark: Mapped[LongText]
    answered_at: Mapped[MomentOrNone]


class CommissioningRow(Base):
    """A doctor's report as it came, named by the SHA-256 of its canonical form."""

    __tablename__ = "commissioning"
    __table_args__ = (ForeignKeyConstraint(*_TERMINAL), Index(None, "site_id", "received_at"))

    site_id: Mapped[Site]
    digest: Mapped[KeyBytes]
    terminal_id: Mapped[Text]
    verdict: Mapped[Text]
    made_at: Mapped[Text]  # the terminal's own time, as it wrote it
    received_at: Mapped[Moment]
    document: Mapped[Bytes]


class AlarmRow(Base):
    """One alarm of a terminal. The primary key is the rule: raised again, it is the same row."""

    __tablename__ = "alarm"
    __table_args__ = (ForeignKeyConstraint(*_TERMINAL), Index(None, "site_id", "cleared_at"))

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    kind: Mapped[KeyText]
    subject: Mapped[KeyText]  # the device or supply; empty when it is the terminal itself
    detail: Mapped[LongText]
    times: Mapped[Whole] = mapped_column(server_default="1")
    raised_at: Mapped[Moment]
    cleared_at: Mapped[MomentOrNone]


class AuditAnchorRow(Base):
    """The last entry of the audit chain that was purged: what remains continues its hash."""

    __tablename__ = "audit_anchor"

    site_id: Mapped[Site]
    number: Mapped[Whole]
    hash: Mapped[Bytes]
