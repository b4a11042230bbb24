"""Partner channels: their keys, what they asked, what they are told, and the accounts of agencies."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

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

WAITING, DELIVERED, DEAD = "waiting", "delivered", "dead"
OPEN, DEPOSIT, CREDIT = "open", "deposit", "credit"


class ChannelRow(Base):
    """A partner. `scopes` are words; `agency` is its contract's name in the price list, or empty."""

    __tablename__ = "channel"
    __table_args__ = (ForeignKeyConstraint(["site_id", "account_id"], ["account.site_id", "account.account_id"]),)

    site_id: Mapped[Site]
    channel_id: Mapped[KeyText]
    name: Mapped[Text]
    scopes: Mapped[Text]
    agency: Mapped[Text]
    account_id: Mapped[Text]
    per_second: Mapped[Whole]
    burst: Mapped[Whole]
    notice_url: Mapped[LongText]  # empty: no notices
    notice_secret: Mapped[Bytes]
    closed_at: Mapped[MomentOrNone]


class ChannelKeyRow(Base):
    """A key of a channel: its open first part names the row, of the secret part only a digest is kept."""

    __tablename__ = "channel_key"
    __table_args__ = (ForeignKeyConstraint(["site_id", "channel_id"], ["channel.site_id", "channel.channel_id"]),)

    site_id: Mapped[Site]
    key_id: Mapped[KeyText]
    channel_id: Mapped[Text]
    digest: Mapped[Bytes]
    created_at: Mapped[Moment]
    revoked_at: Mapped[MomentOrNone]


class AnswerRow(Base):
    """What was answered under an idempotency key; written in the transaction of its effect."""

    __tablename__ = "channel_answer"
    __table_args__ = (Index(None, "site_id", "made_at"),)

    site_id: Mapped[Site]
    channel_id: Mapped[KeyText]
    key: Mapped[KeyText]
    request_digest: Mapped[Bytes]
    answer: Mapped[Bytes]
    made_at: Mapped[Moment]


class AccountRow(Base):
    """What a channel has with us (minor units, negative when it owes). It never falls below minus `limit_minor`."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("kind = 'open' OR balance_minor >= -limit_minor", name="within_limit"),)

    site_id: Mapped[Site]
    account_id: Mapped[KeyText]
    kind: Mapped[Text]  # OPEN: settled elsewhere; DEPOSIT: limit 0; CREDIT
    limit_minor: Mapped[Whole]
    balance_minor: Mapped[Whole]
    currency: Mapped[Text]


class PostingRow(Base):
    """One leg of an entry, a debit positive; the legs of an entry sum to nothing. Never changed."""

    __tablename__ = "posting"
    __table_args__ = (Index(None, "site_id", "account", "at"),)

    site_id: Mapped[Site]
    entry_id: Mapped[KeyText]  # what it is for, so that nothing is posted twice
    leg: Mapped[KeyNumber]
    account: Mapped[Text]
    amount_minor: Mapped[Whole]
    currency: Mapped[Text]
    at: Mapped[Moment]


class NoticeRow(Base):
    """Something a channel is told, until it has taken it or it was tried often enough."""

    __tablename__ = "channel_notice"
    __table_args__ = (Index(None, "site_id", "state", "next_at"),)

    site_id: Mapped[Site]
    notice_id: Mapped[KeyText]
    channel_id: Mapped[Text]
    body: Mapped[Bytes]
    state: Mapped[Text]  # WAITING, DELIVERED or DEAD
    attempts: Mapped[Whole]
    next_at: Mapped[Moment]
    last_error: Mapped[Text]
