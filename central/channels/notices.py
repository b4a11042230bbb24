"""What channels are told, kept with its cause and delivered by the notices' thread."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.storage.tables import ChannelRow, NoticeRow
from central.storage.tables.channels import DEAD, DELIVERED, WAITING
from shared.domain.canonical import instant_text
from shared.wire.channel import BookingDocument, Notice

MOST_ATTEMPTS = 12  # the last one about six hours after the first
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)
_LEASE = timedelta(seconds=60)  # how long one process tries before another may


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice on its way."""

    notice_id: str
    url: str
    body: bytes
    secret: bytes = field(repr=False)

    def signature(self, now: datetime) -> str:
        """The header's value at a time: see `shared.wire.channel.NOTICE_SIGNATURE`."""
        moment = str(int(now.timestamp()))
        mac = hmac.new(self.secret, moment.encode() + b"." + self.body, hashlib.sha256)
        return f"t={moment},v1={mac.hexdigest()}"


def tell(
    session: Session, site_id: str, channel_id: str, event: str, booking: BookingDocument, now: datetime,
    ids: Callable[[int], bytes],
) -> None:  # fmt: skip
    """Puts a notice in the line, when the channel wants any."""
    if not session.get_one(ChannelRow, (site_id, channel_id)).notice_url:
        return
    notice_id = ids(8).hex()
    notice = Notice.model_validate(
        {"notice_id": notice_id, "event": event, "at": instant_text(now), "booking": booking}
    )
    session.add(
        NoticeRow(
            site_id=site_id,
            notice_id=notice_id,
            channel_id=channel_id,
            body=notice.model_dump_json().encode(),
            state=WAITING,
            attempts=0,
            next_at=now,
            last_error="",
        )
    )


def any_due(session: Session, site_id: str, now: datetime) -> bool:
    """Whether a notice's time has come."""
    query = select(NoticeRow.notice_id).where(
        NoticeRow.site_id == site_id, NoticeRow.state == WAITING, NoticeRow.next_at <= now
    )
    return session.scalar(query.limit(1)) is not None


def due(session: Session, site_id: str, now: datetime, most: int) -> Sequence[Delivery]:
    """Notices whose time has come, marked so that nobody else sends them for a minute."""
    query = (
        select(NoticeRow)
        .where(NoticeRow.site_id == site_id, NoticeRow.state == WAITING, NoticeRow.next_at <= now)
        .order_by(NoticeRow.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [_begin(session, row, now) for row in session.scalars(query).all()]


def _begin(session: Session, row: NoticeRow, now: datetime) -> Delivery:
    channel = session.get_one(ChannelRow, (row.site_id, row.channel_id))
    row.attempts, row.next_at = row.attempts + 1, now + _LEASE
    return Delivery(row.notice_id, channel.notice_url, row.body, channel.notice_secret)


def delivered(session: Session, site_id: str, notice_id: str) -> None:
    """The channel has it."""
    session.get_one(NoticeRow, (site_id, notice_id)).state = DELIVERED


def failed(session: Session, site_id: str, notice_id: str, error: str, now: datetime) -> None:
    """Later again, twice as late each time; after MOST_ATTEMPTS it is dead until a person wakes it."""
    row = session.get_one(NoticeRow, (site_id, notice_id))
    row.last_error = error[:120]
    row.next_at = now + min(_FIRST_PAUSE * 2 ** (row.attempts - 1), _LONGEST_PAUSE)
    row.state = DEAD if row.attempts >= MOST_ATTEMPTS else WAITING


def dead_letters(session: Session, site_id: str) -> Sequence[NoticeRow]:
    """Notices that were given up."""
    query = select(NoticeRow).filter_by(site_id=site_id, state=DEAD).order_by(NoticeRow.next_at)
    return session.scalars(query.limit(500)).all()


def wake(session: Session, site_id: str, notice_id: str, now: datetime) -> bool:
    """A person has a dead letter tried again from the start; False when there is none."""
    row = session.get(NoticeRow, (site_id, notice_id), with_for_update=True)
    if row is None or row.state != DEAD:
        return False
    row.state, row.attempts, row.next_at = WAITING, 0, now
    return True
