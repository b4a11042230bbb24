"""Tickets and bookings: each signed or collected once, and promised to one document at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from shared.storage.audit.verdict import BrokenError, Place, require, rows

_TICKETS = "SELECT ticket_id, sale_id, promised_to FROM ticket ORDER BY ticket_id"
_BOOKINGS = "SELECT booking_id, sale_id FROM booking ORDER BY booking_id"


class Promises:
    """Follows whose each ticket is, and what it was given back for."""

    def __init__(self) -> None:
        self._sale_of: dict[str, str] = {}
        self._promised: dict[str, str] = {}
        self._given_for: dict[str, list[str]] = {}
        self._bookings: dict[str, str] = {}

    def open_sale(self, at: Place, sale_id: str, prepaid: Mapping[str, Any] | None) -> None:
        """Tickets given in exchange, or a booking, pay for a new sale."""
        if prepaid is None:
            return
        given = [ticket["ticket_id"] for ticket in prepaid.get("returns", ())]
        for ticket_id in given:
            self.promise(at, ticket_id, sale_id)
        self._given_for[sale_id] = given
        if prepaid["kind"] == "booking":
            collected = self._bookings.setdefault(prepaid["reference"], sale_id)
            require(collected == sale_id, "journal", at, f"collects a booking that sale {collected} has")

    def sign(self, at: Place, sale_id: str, ticket_id: str) -> None:
        """A ticket exists."""
        require(ticket_id not in self._sale_of, "journal", at, "signs a ticket a second time")
        self._sale_of[ticket_id] = sale_id

    def promise(self, at: Place, ticket_id: str, document_id: str) -> None:
        """A ticket is void for a document, or pays for it."""
        require(ticket_id in self._sale_of, "journal", at, "names a ticket that was not signed here")
        promised = self._promised.setdefault(ticket_id, document_id)
        require(promised == document_id, "journal", at, f"names a ticket that is promised to {promised}")

    def end_sale(self, sale_id: str, *, released: bool) -> None:
        """A sale that was given up leaves tickets and booking as they were."""
        given = self._given_for.pop(sale_id, [])
        if released:
            for ticket_id in given:
                self._promised.pop(ticket_id, None)
            self._bookings = {booking: sale for booking, sale in self._bookings.items() if sale != sale_id}

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError for the first row of the tables that is not what the journal says."""
        for ticket_id, *stored in rows(connection, "ticket", _TICKETS):
            told = [self._sale_of.pop(ticket_id, None), self._promised.get(ticket_id)]
            require(stored == told, "ticket", ticket_id, "is not what the journal says")
        for booking_id, sale_id in rows(connection, "booking", _BOOKINGS):
            require(
                self._bookings.pop(booking_id, None) == sale_id, "booking", booking_id, "is not what the journal says"
            )
        for table, left in (("ticket", self._sale_of), ("booking", self._bookings)):
            for key in sorted(left)[:1]:
                raise BrokenError(table, key, "is missing")
