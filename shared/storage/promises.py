"""What a ticket or a booking is promised to: one document at a time, so that nothing is given back twice."""

from __future__ import annotations

from sqlalchemy import Connection, or_, update
from sqlalchemy.dialects.sqlite import insert

from shared.domain.sale import Prepaid
from shared.domain.sale_errors import HistoryError
from shared.storage.tables import booking, ticket


def spend(connection: Connection, sale_id: str, prepaid: Prepaid | None) -> None:
    """Promises what a new sale is paid with to it. Raises HistoryError when it was given before."""
    if prepaid is None:
        return
    for given in prepaid.returns:
        _promise(connection, given.ticket_id, sale_id)
    if prepaid.kind == "booking":
        row = insert(booking).values(booking_id=prepaid.reference, sale_id=sale_id).on_conflict_do_nothing()
        if connection.execute(row).rowcount != 1:
            raise HistoryError("the booking was collected before")


def end(connection: Connection, ticket_id: str, document_id: str) -> None:
    """The ticket is void for this document. Raises HistoryError when it is promised to another."""
    _promise(connection, ticket_id, document_id)


def release(connection: Connection, sale_id: str) -> None:
    """A sale that was given up leaves tickets and booking as they were."""
    held = update(ticket).where(ticket.c.promised_to == sale_id, ticket.c.sale_id != sale_id)
    connection.execute(held.values(promised_to=None))
    connection.execute(booking.delete().where(booking.c.sale_id == sale_id))


def _promise(connection: Connection, ticket_id: str, document_id: str) -> None:
    free = or_(ticket.c.promised_to.is_(None), ticket.c.promised_to == document_id)
    row = update(ticket).where(ticket.c.ticket_id == ticket_id, free).values(promised_to=document_id)
    if connection.execute(row).rowcount != 1:
        raise HistoryError("the ticket is not here, or promised to another document")
