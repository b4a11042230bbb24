"""Bookings for a terminal to collect without a line: its own for the time, readable only to who knows a look-up value.

What is sent holds no key: an entry's name and key follow from an order code, telephone or document number and the
terminal's salt, slowly (`shared.security.look_up`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from central.bookings.contacts import Contacts, look_ups
from central.bookings.document import booking_of
from central.storage.tables import BookingRow
from shared.security.look_up import LookUpKind, offline_look_up
from shared.security.sm_algorithms import NONCE_BYTES, SM4_KEY_BYTES, seal
from shared.wire.collecting import AheadBooking, AheadEntry, CollectableBooking


@dataclass(frozen=True, slots=True)
class Wrapper:
    """`ids` gives random bytes, `salt` is the terminal's."""

    contacts: Contacts
    ids: Callable[[int], bytes]
    salt: bytes

    def wrap(self, rows: Sequence[BookingRow]) -> tuple[list[AheadEntry], list[AheadBooking]]:
        """The bookings sealed, and the ways to each. Some 10 ms for a way."""
        entries: list[AheadEntry] = []
        bookings: list[AheadBooking] = []
        for row in rows:
            key = self.ids(SM4_KEY_BYTES)
            body = zlib.compress(CollectableBooking.of(booking_of(row)).model_dump_json().encode())
            sealed = seal(key, self.ids(NONCE_BYTES), body, row.booking_id.encode())
            bookings.append(AheadBooking(booking_id=row.booking_id, sealed=sealed.hex()))
            entries += [self._entry(row, kind, value, key) for kind, value in self._ways(row)]
        return entries, bookings

    def _ways(self, row: BookingRow) -> list[tuple[LookUpKind, str]]:
        return [("code", row.code), *look_ups(self.contacts.reveal(row))]

    def _entry(self, row: BookingRow, kind: LookUpKind, value: str, key: bytes) -> AheadEntry:
        way = offline_look_up(kind, value, self.salt)
        return AheadEntry(
            name=way.name.hex(), sealed=way.seal(self.ids(NONCE_BYTES), key + row.booking_id.encode()).hex()
        )
