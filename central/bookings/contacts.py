"""Who a booking is for: sealed under the site's data keys, found again by keyed hashes of number and telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.storage.rows import insert_absent
from central.storage.tables import BookingLookUpRow, BookingRow
from shared.security.data_keys import DataKeys
from shared.security.look_up import LookUpKind, keyed_digest, normalised
from shared.security.sm_algorithms import NONCE_BYTES, seal, unseal
from shared.wire.channel import Contact


@dataclass(frozen=True, slots=True)
class Contacts:
    """`ids` gives random bytes."""

    keys: DataKeys
    ids: Callable[[int], bytes]

    def keep(self, session: Session, row: BookingRow, contact: Contact) -> None:
        """Seals the contact into the booking and makes it findable."""
        if contact == Contact():
            return
        key = self.keys.newest
        plain = contact.model_dump_json(exclude_none=True).encode()
        row.contact = seal(key.cipher_key, self.ids(NONCE_BYTES), plain, row.booking_id.encode())
        row.contact_key = key.version
        for kind, value in look_ups(contact):
            digest = keyed_digest(key, kind, value)
            insert_absent(session, BookingLookUpRow, site_id=row.site_id, digest=digest, booking_id=row.booking_id)

    def reveal(self, row: BookingRow) -> Contact:
        """The contact, to be used and not to be kept. Empty when its key was erased."""
        key = self.keys.find(row.contact_key)
        if not row.contact or key is None:
            return Contact()
        return Contact.model_validate_json(unseal(key.cipher_key, row.contact, row.booking_id.encode()))

    def found_by(self, session: Session, site_id: str, kind: LookUpKind, value: str) -> Sequence[str]:
        """The bookings of a code, telephone or document number, by their ids."""
        if kind == "code":
            query = select(BookingRow.booking_id).filter_by(site_id=site_id, code=normalised(kind, value))
        else:
            digests = [keyed_digest(key, kind, value) for key in self.keys.keys]
            query = select(BookingLookUpRow.booking_id).where(
                BookingLookUpRow.site_id == site_id, BookingLookUpRow.digest.in_(digests)
            )
        return session.scalars(query.limit(50)).all()


def look_ups(contact: Contact) -> list[tuple[LookUpKind, str]]:
    """By what a contact can be found."""
    found: list[tuple[LookUpKind, str]] = []
    if contact.telephone:
        found.append(("telephone", contact.telephone))
    if contact.document:
        found.append(("document", contact.document))
    return found
