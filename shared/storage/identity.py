"""Protected document numbers of tickets: stored with the hold, counted by person and day, given up with the ticket.

Every function works in the caller's transaction. The journal hears that a number was stored, and never the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, or_, select, update

from shared.security.fields import ProtectedNumber, RecordId
from shared.storage import journal
from shared.storage.journal import Pen
from shared.storage.tables import protected_number, sale

STORED = "identity.stored"


@dataclass(frozen=True, slots=True)
class NamedTicket:
    """A ticket in a person's name. `counts_on` is the day of the limit: the business day, or that of the visit.

    `hashes` are all that the person may have been counted by (`FieldProtection.hashes`), the number's own among them;
    `limit` is how many tickets of the purpose a person may have that day, None for any number.
    """

    record: RecordId
    counts_on: date
    number: ProtectedNumber
    hashes: tuple[bytes, ...] = field(repr=False)
    limit: int | None
    purge_after: date


@dataclass(frozen=True, slots=True)
class OverLimit:
    """The first person of a party who would have more tickets than allowed: `last4` to tell them which document."""

    ticket_index: int
    last4: str = field(repr=False)
    limit: int


def over_limit(
    connection: Connection, tickets: Sequence[NamedTicket], given_back: Collection[tuple[str, int]] = ()
) -> OverLimit | None:
    """Whether somebody would have too many, with all sales that were not released and the rest of the party.

    `given_back` are tickets (sale id, index) that are given in exchange for these.
    """
    in_party: Counter[tuple[bytes, str, date]] = Counter()
    for ticket in tickets:
        person = (ticket.number.hash, ticket.record.purpose, ticket.counts_on)
        in_party[person] += 1
        if ticket.limit is None:
            continue
        before = tickets_of(connection, ticket.hashes, ticket.record.purpose, ticket.counts_on, given_back)
        if before + in_party[person] > ticket.limit:
            return OverLimit(ticket.record.ticket_index, ticket.number.last4, ticket.limit)
    return None


def tickets_of(
    connection: Connection,
    hashes: Collection[bytes],
    purpose: str,
    counts_on: date,
    given_back: Collection[tuple[str, int]] = (),
) -> int:
    """How many tickets a person has for a purpose and day, in sales that were not released, beside those given back."""
    row = protected_number.c
    query = (
        select(row.sale_id, row.ticket_index)
        .select_from(protected_number.join(sale))
        .where(row.hash.in_(hashes), row.purpose == purpose, row.counts_on == counts_on.isoformat(), row.counts == 1)
        .where(or_(sale.c.outcome.is_(None), sale.c.outcome != "released"))
    )
    return len({(found.sale_id, found.ticket_index) for found in connection.execute(query)} - set(given_back))


def store(connection: Connection, pen: Pen, at: datetime, tickets: Sequence[NamedTicket]) -> None:
    """Stores the numbers of a sale's tickets, and journals that they were: what a purge is later held against."""
    for ticket in tickets:
        record, number = ticket.record, ticket.number
        dates = {"counts_on": ticket.counts_on.isoformat(), "purge_after": ticket.purge_after.isoformat()}
        connection.execute(
            protected_number.insert().values(
                sale_id=record.sale_id,
                ticket_index=record.ticket_index,
                purpose=record.purpose,
                counts=1,
                hash=number.hash,
                ciphertext=number.ciphertext,
                last4=number.last4,
                key_version=number.key_version,
                **dates,
            )
        )
        journal.append(connection, pen, at, STORED, {"row": row_id(record), "key_version": number.key_version, **dates})


def give_up(connection: Connection, sale_id: str, ticket_index: int) -> None:
    """The ticket was given back or exchanged: its person may have another one that day."""
    row = protected_number.c
    which = update(protected_number).where(row.sale_id == sale_id, row.ticket_index == ticket_index)
    connection.execute(which.values(counts=0))


def find(connection: Connection, record: RecordId) -> ProtectedNumber | None:
    """What is stored for a ticket and purpose; None when there is nothing, or no longer."""
    row = protected_number.c
    query = select(protected_number).where(
        row.sale_id == record.sale_id, row.ticket_index == record.ticket_index, row.purpose == record.purpose
    )
    found = connection.execute(query).first()
    return None if found is None else ProtectedNumber(found.hash, found.ciphertext, found.last4, found.key_version)


def key_versions(connection: Connection) -> frozenset[int]:
    """The versions of data keys that stored numbers need; any other may be erased."""
    return frozenset(connection.execute(select(protected_number.c.key_version).distinct()).scalars())


def row_id(record: RecordId) -> list[object]:
    """How the journal names a row."""
    return [record.sale_id, record.ticket_index, record.purpose]
