"""The life of a booking: held, confirmed, changed, released or refunded. Each function is part of one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.bookings.contacts import Contacts
from central.bookings.document import document_of, party_bytes
from central.bookings.pricing import Priced
from central.capacity import channel_places
from central.channels.accounts import charge
from central.channels.notices import tell
from central.channels.registry import Channel
from central.refusal import RefusalError
from central.storage.rows import insert_absent
from central.storage.tables import BookingRow, SlotRow
from central.storage.tables.bookings import CONFIRMED, EXPIRED, HELD, RELEASED
from shared.wire.channel import BookingDocument, ConfirmRequest, HoldRequest
from shared.wire.problem import Problem

_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_CODE_LENGTH = 12  # 60 bits


@dataclass(frozen=True, slots=True)
class BookingDesk:
    """What every booking of a site has in common. `hold_for`: how long places wait for the channel's payment."""

    site_id: str
    hold_for: timedelta
    contacts: Contacts
    ids: Callable[[int], bytes]

    def hold(
        self, session: Session, channel: Channel, wanted: HoldRequest, priced: Priced, now: datetime
    ) -> BookingDocument:
        """Takes the places out of the slot for a while. Raises RefusalError."""
        if not channel_places.hold(session, self.site_id, wanted.slot, priced.units, now):
            self._refuse_hold(session, wanted.slot, now)
        row = self._row(channel, wanted, priced, now)
        values = {column.key: getattr(row, column.key) for column in BookingRow.__table__.columns}
        if not insert_absent(session, BookingRow, **values):
            raise RefusalError(Problem.REFERENCE_USED)
        return document_of(row)

    def _row(self, channel: Channel, wanted: HoldRequest, priced: Priced, now: datetime) -> BookingRow:
        return BookingRow(
            site_id=self.site_id,
            booking_id=f"b-{self.ids(8).hex()}",
            channel_id=channel.channel_id,
            reference=wanted.reference,
            code="".join(_CODE_LETTERS[byte % 32] for byte in self.ids(_CODE_LENGTH)),
            state=HELD,
            slot=wanted.slot,
            units=priced.units,
            party=party_bytes(wanted.party),
            total_minor=priced.total.minor,
            refunded_minor=0,
            currency=priced.total.currency.code,
            quote=priced.quote,
            hold_until=now + self.hold_for,
            created_at=now,
            confirmed_at=None,
            contact=b"",
            contact_key=0,
        )

    def _refuse_hold(self, session: Session, slot: str, now: datetime) -> None:
        row = session.get(SlotRow, (self.site_id, slot))
        if row is None:
            raise RefusalError(Problem.UNKNOWN_SLOT)
        raise RefusalError(Problem.FULL, "the slot is over" if row.ends_at <= now else "")

    def confirm(
        self, session: Session, channel: Channel, booking_id: str, request: ConfirmRequest, now: datetime
    ) -> BookingDocument:
        """The channel was paid: the places are the visitor's, the channel's account owes them. Raises RefusalError."""
        row = self.find(session, channel, booking_id, lock=True)
        if row.state == EXPIRED or (row.state == HELD and row.hold_until <= now):
            raise RefusalError(Problem.HOLD_EXPIRED)
        if row.state != HELD:
            raise RefusalError(Problem.WRONG_STATE, row.state)
        self._moved(channel_places.book(session, self.site_id, row.slot, row.units))
        charge(session, self.site_id, channel.account_id, f"{row.booking_id}:confirmed", row.total_minor, now)
        row.state, row.confirmed_at = CONFIRMED, now
        self.contacts.keep(session, row, request.contact)
        return self.told(session, row, "booking.confirmed", now)

    def release(self, session: Session, channel: Channel, booking_id: str) -> BookingDocument:
        """A hold is given up. Raises RefusalError."""
        row = self.find(session, channel, booking_id, lock=True)
        if row.state in {EXPIRED, RELEASED}:
            return document_of(row)
        if row.state != HELD:
            raise RefusalError(Problem.WRONG_STATE, row.state)
        self._moved(channel_places.release(session, self.site_id, row.slot, row.units))
        row.state = RELEASED
        return document_of(row)

    def has_expired(self, session: Session, now: datetime) -> bool:
        """Whether a hold ran out."""
        query = select(BookingRow.booking_id).where(
            BookingRow.site_id == self.site_id, BookingRow.state == HELD, BookingRow.hold_until <= now
        )
        return session.scalar(query.limit(1)) is not None

    def expire(self, session: Session, now: datetime, most: int = 200) -> int:
        """Gives the places of holds back that ran out; returns how many holds."""
        query = (
            select(BookingRow)
            .where(BookingRow.site_id == self.site_id, BookingRow.state == HELD, BookingRow.hold_until <= now)
            .order_by(BookingRow.slot, BookingRow.booking_id)
            .limit(most)
            .with_for_update(skip_locked=True)  # it is being confirmed or released just now
        )
        over = session.scalars(query).all()
        for row in over:
            self._moved(channel_places.release(session, self.site_id, row.slot, row.units))
            row.state = EXPIRED
            self.told(session, row, "booking.expired", now)
        return len(over)

    def find(self, session: Session, channel: Channel, booking_id: str, *, lock: bool = False) -> BookingRow:
        """A booking of the channel's own. Raises RefusalError."""
        row = session.get(BookingRow, (self.site_id, booking_id), with_for_update=lock)
        if row is None or row.channel_id != channel.channel_id:
            raise RefusalError(Problem.UNKNOWN_BOOKING)
        return row

    def told(self, session: Session, row: BookingRow, event: str, now: datetime) -> BookingDocument:
        """The booking's document, with a notice of what happened to it in the line."""
        document = document_of(row)
        tell(session, self.site_id, row.channel_id, event, document, now, self.ids)
        return document

    @staticmethod
    def _moved(done: bool) -> None:
        if not done:
            raise AssertionError("the slot does not have the places of its own booking")
