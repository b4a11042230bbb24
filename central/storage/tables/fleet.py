"""Terminals, the codes that bring them in, and the nonces of their requests."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Bytes, KeyText, LongText, Moment, MomentOrNone, Site, Text, Whole

KIOSK, WINDOW, GATE = "kiosk", "window", "gate"
ACTIVE = "active"
QUARANTINED = "quarantined"


class TerminalRow(Base):
    """A terminal in service, or put in quarantine."""

    __tablename__ = "terminal"
    __table_args__ = (UniqueConstraint("site_id", "key_id"),)

    site_id: Mapped[Site]
    terminal_id: Mapped[KeyText]
    name: Mapped[Text]
    public_key: Mapped[Bytes]
    key_id: Mapped[Text]  # 8 hex digits
    epoch: Mapped[Whole]
    state: Mapped[Text]  # ACTIVE or QUARANTINED
    state_reason: Mapped[LongText]
    enrolled_at: Mapped[Moment]
    mode: Mapped[Text] = mapped_column(server_default=KIOSK)  # KIOSK or WINDOW: a window sells from the reserve too


class EnrolmentCodeRow(Base):
    """A one-time code: its open first part names the row, of the secret part only a digest is kept."""

    __tablename__ = "enrolment_code"

    site_id: Mapped[Site]
    label: Mapped[KeyText]
    secret_digest: Mapped[Bytes]
    expires_at: Mapped[Moment]
    attempts_left: Mapped[Whole]
    used_at: Mapped[MomentOrNone]
    mode: Mapped[Text] = mapped_column(server_default=KIOSK)


class NonceRow(Base):
    """A request that was made; kept while a repetition would still be within the time window."""

    __tablename__ = "nonce"
    __table_args__ = (Index(None, "site_id", "keep_until"),)

    site_id: Mapped[Site]
    key_id: Mapped[KeyText]
    nonce: Mapped[KeyText]
    keep_until: Mapped[Moment]
