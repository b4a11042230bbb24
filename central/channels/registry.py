"""Channels and their keys. A key is shown once; of its secret part only a digest is kept."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.audit.chain import record
from central.storage.tables import AccountRow, ChannelKeyRow, ChannelRow
from shared.wire.channel import Scope

log = structlog.get_logger()
_PREFIX = "smk"
_ID_BYTES, _SECRET_BYTES = 6, 24
ALL_SCOPES: tuple[Scope, ...] = ("availability", "book", "refund", "statement")


@dataclass(frozen=True, slots=True)
class Channel:
    """Who asks. `agency` is the contract's name in the price list; None for none."""

    channel_id: str
    scopes: frozenset[str]
    agency: str | None
    account_id: str
    per_second: int
    burst: int


@dataclass(frozen=True, slots=True)
class NewChannel:
    """What an operator says of a partner. `limit_minor`: how far a credit line goes below nothing."""

    channel_id: str
    name: str
    currency: str
    scopes: Sequence[Scope] = ALL_SCOPES
    agency: str = ""
    account: str = "open"
    limit_minor: int = 0
    per_second: int = 50
    burst: int = 100
    notice_url: str = ""


def create_channel(
    session: Session, site_id: str, new: NewChannel, author: str, now: datetime, ids: Callable[[int], bytes]
) -> bytes:
    """Makes the channel and its account; returns the secret by which its notices are signed."""
    secret = ids(32)
    account_id = f"channel:{new.channel_id}"
    session.add(
        AccountRow(
            site_id=site_id,
            account_id=account_id,
            kind=new.account,
            limit_minor=new.limit_minor,
            balance_minor=0,
            currency=new.currency,
        )
    )
    session.flush()
    session.add(
        ChannelRow(
            site_id=site_id,
            channel_id=new.channel_id,
            name=new.name,
            scopes=" ".join(new.scopes),
            agency=new.agency,
            account_id=account_id,
            per_second=new.per_second,
            burst=new.burst,
            notice_url=new.notice_url,
            notice_secret=secret,
            closed_at=None,
        )
    )
    session.flush()
    record(session, site_id, now, author, "channel_created", new.channel_id, scopes=" ".join(new.scopes))
    return secret


def create_key(
    session: Session, site_id: str, channel_id: str, author: str, now: datetime, ids: Callable[[int], bytes]
) -> str:
    """A key for the channel: `smk_<name>_<secret>`. Only here is it seen whole."""
    key_id, secret = ids(_ID_BYTES).hex(), ids(_SECRET_BYTES).hex()
    session.add(
        ChannelKeyRow(
            site_id=site_id,
            key_id=key_id,
            channel_id=channel_id,
            digest=_digest(key_id, secret),
            created_at=now,
            revoked_at=None,
        )
    )
    record(session, site_id, now, author, "channel_key_created", channel_id, key=key_id)
    return f"{_PREFIX}_{key_id}_{secret}"


def revoke_key(session: Session, site_id: str, key_id: str, author: str, now: datetime) -> None:
    """The key is refused from now on, within the seconds that a process remembers it."""
    row = session.get_one(ChannelKeyRow, (site_id, key_id))
    row.revoked_at = now
    record(session, site_id, now, author, "channel_key_revoked", row.channel_id, key=key_id)


def channel_of(session: Session, site_id: str, key: str) -> Channel | None:
    """The channel of a key that is in force."""
    prefix, _, rest = key.partition("_")
    key_id, _, secret = rest.partition("_")
    if prefix != _PREFIX or len(key) > 100 or not key.isascii():
        return None
    row = session.get(ChannelKeyRow, (site_id, key_id))
    if row is None or row.revoked_at is not None or not hmac.compare_digest(row.digest, _digest(key_id, secret)):
        return None
    found = session.get_one(ChannelRow, (site_id, row.channel_id))
    return None if found.closed_at is not None else _channel(found)


def all_channels(session: Session, site_id: str) -> Sequence[ChannelRow]:
    """Every channel, in the order of their names."""
    return session.scalars(select(ChannelRow).filter_by(site_id=site_id).order_by(ChannelRow.channel_id)).all()


def _channel(row: ChannelRow) -> Channel:
    agency = row.agency or None
    return Channel(row.channel_id, frozenset(row.scopes.split()), agency, row.account_id, row.per_second, row.burst)


def _digest(key_id: str, secret: str) -> bytes:
    """Plain SHA-256: the secret has 192 random bits, there is nothing to guess."""
    return hashlib.sha256(f"shanmen channel key\x00{key_id}\x00{secret}".encode()).digest()
