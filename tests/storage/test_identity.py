"""Document numbers in the terminal's file: one per person and day, purged with a proof, and never in clear."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.domain import sale as ev
from shared.domain.money import Money
from shared.domain.ticket_return import TicketReturn
from shared.domain.visitor import DocumentKind, VisitorDocument, gb11643_check_digit
from shared.security.data_keys import SECRET_BYTES, DataKey, DataKeys
from shared.security.fields import FieldProtection, RecordId
from shared.storage.database import Database
from shared.storage.identity import NamedTicket, OverLimit
from shared.storage.identity_purge import proof_of
from shared.storage.store import TerminalStore
from tests.storage.world import SLOT, hold, issued, lease, open_store, opened, submitted

DAY = date(2026, 11, 23)
KEEP_UNTIL = DAY + timedelta(days=30)
PURPOSE = "per_person_day:entry"
NAME = "张三丰"
KEYS = DataKeys((DataKey(1, bytes(range(SECRET_BYTES))),))


def person(number: int) -> VisitorDocument:
    """A made-up visitor."""
    first17 = f"11010519491231{number:03}"
    return VisitorDocument(DocumentKind.RESIDENT_CARD, first17 + gb11643_check_digit(first17), NAME)


ANNA, BORIS = person(2), person(7)


class Counter:
    """A window that sells tickets in people's names."""

    def __init__(self, store: TerminalStore, keys: DataKeys = KEYS) -> None:
        nonces = itertools.count()
        self.store = store
        self.protection = FieldProtection(keys, lambda: next(nonces).to_bytes(12))

    def named(self, sale_id: str, index: int, who: VisitorDocument, limit: int | None, day: date) -> NamedTicket:
        record = RecordId(sale_id, index, PURPOSE)
        number = self.protection.protect(who, record, day)
        hashes = self.protection.hashes(who, PURPOSE, day)
        return NamedTicket(record, day, number, hashes, limit, KEEP_UNTIL)

    def sell(
        self, sale_id: str, *people: VisitorDocument, limit: int | None = 1, day: date = DAY
    ) -> ev.SaleOpened | OverLimit | None:
        """Opens and holds; the opening when the places were held."""
        opening = opened(len(people))
        self.store.record(sale_id, opening)
        tickets = [self.named(sale_id, index, who, limit, day) for index, who in enumerate(people)]
        held = self.store.hold_named(sale_id, SLOT, len(people), lambda _: True, tickets)
        return held if held is None or isinstance(held, OverLimit) else opening


@pytest.fixture
def counter(store: TerminalStore) -> Counter:
    store.add_leases([lease(20)], 0.0, "boot")
    return Counter(store)


def bodies(store: TerminalStore, kind: str) -> list[dict[str, object]]:
    return [dict(event.body) for event in store.journal_after(0, 1000) if event.type == kind]


def test_one_ticket_a_person_and_day(counter: Counter) -> None:
    assert isinstance(counter.sell("S1", ANNA), ev.SaleOpened)
    assert counter.sell("S2", BORIS, ANNA) == OverLimit(1, ANNA.last4, 1)
    assert isinstance(counter.sell("S3", BORIS), ev.SaleOpened)
    assert isinstance(counter.sell("S4", ANNA, day=DAY + timedelta(days=1)), ev.SaleOpened)


def test_a_refused_hold_takes_no_place_and_stores_nothing(counter: Counter) -> None:
    counter.sell("S1", ANNA)
    before = counter.store.leases()[0].used
    assert isinstance(counter.sell("S2", BORIS, ANNA), OverLimit)
    assert counter.store.leases()[0].used == before
    assert counter.store.identity.find(RecordId("S2", 0, PURPOSE)) is None
    assert not counter.store.sale("S2").units


def test_without_places_nothing_is_stored(store: TerminalStore) -> None:
    counter = Counter(store)
    assert counter.sell("S1", ANNA) is None
    assert store.identity.find(RecordId("S1", 0, PURPOSE)) is None
    assert bodies(store, "identity.stored") == []


def test_the_limit_counts_the_party_itself(counter: Counter) -> None:
    assert counter.sell("S1", ANNA, ANNA) == OverLimit(1, ANNA.last4, 1)
    assert isinstance(counter.sell("S2", ANNA, ANNA, limit=3), ev.SaleOpened)
    assert counter.sell("S3", ANNA, ANNA, limit=3) == OverLimit(1, ANNA.last4, 3)
    assert isinstance(counter.sell("S4", *[ANNA] * 5, limit=None), ev.SaleOpened)


def test_a_released_sale_does_not_count_and_leaves_no_number(counter: Counter) -> None:
    counter.sell("S1", ANNA, BORIS)
    counter.store.record("S1", ev.SaleClosed("released"))
    assert counter.store.identity.find(RecordId("S1", 0, PURPOSE)) is None
    assert isinstance(counter.sell("S2", ANNA), ev.SaleOpened)
    records = [RecordId("S1", index, PURPOSE) for index in (0, 1)]
    assert bodies(counter.store, "identity.purged") == [
        {"reason": "released", "subject": "S1", "count": 2, "proof": proof_of(records), "key_versions": [1]}
    ]


def sold(counter: Counter, sale_id: str, who: VisitorDocument) -> None:
    """A good sale of one ticket in a person's name."""
    counter.sell(sale_id, who)
    units = counter.store.sale(sale_id).units
    counter.store.record(sale_id, *submitted(), ev.PaymentAnswered(1, "paid", "ref"), *issued(sale_id, units))
    counter.store.record(sale_id, ev.SaleClosed("done"))


def test_a_ticket_given_back_counts_no_longer(counter: Counter) -> None:
    sold(counter, "S1", ANNA)
    (ticket,) = counter.store.sale("S1").live_tickets
    assert isinstance(counter.sell("S2", ANNA), OverLimit)
    counter.store.record("S1", ev.TicketVoided(ticket.ticket_id, "refund", "R1"))
    assert isinstance(counter.sell("S3", ANNA), ev.SaleOpened)


def test_who_exchanges_a_ticket_gets_another_for_it(counter: Counter) -> None:
    sold(counter, "S1", ANNA)
    (ticket,) = counter.store.sale("S1").live_tickets
    total = opened().total
    prepaid = ev.Prepaid(
        "exchange", "S1", total, (TicketReturn(ticket.ticket_id, "entry", total, Money(0, total.currency)),), "ann"
    )
    counter.store.record("S2", replace(opened(), prepaid=prepaid))
    named = counter.named("S2", 0, ANNA, 1, DAY)
    held = counter.store.hold_named("S2", SLOT, 1, lambda _: True, [named])
    assert held is not None
    assert not isinstance(held, OverLimit)
    assert isinstance(counter.sell("S3", ANNA), OverLimit)


def test_a_key_rotated_during_the_day_still_counts_everyone(counter: Counter) -> None:
    counter.sell("S1", ANNA)
    later = Counter(counter.store, KEYS.rotated(bytes(SECRET_BYTES)))
    assert isinstance(later.sell("S2", ANNA), OverLimit)
    assert isinstance(later.sell("S3", BORIS), ev.SaleOpened)
    assert counter.store.identity.key_versions() == {1, 2}


def test_what_is_stored_is_shown_again(counter: Counter) -> None:
    counter.sell("S1", ANNA)
    record = RecordId("S1", 0, PURPOSE)
    number = counter.store.identity.find(record)
    assert number is not None
    assert counter.protection.reveal(number, record) == ANNA.number
    assert number.last4 == ANNA.last4


def test_a_number_may_be_kept_through_its_last_day(counter: Counter) -> None:
    counter.sell("S1", ANNA, BORIS)
    assert counter.store.identity.purge(KEEP_UNTIL) is None
    purged = counter.store.identity.purge(KEEP_UNTIL + timedelta(days=1))
    assert purged is not None
    assert (purged.count, purged.key_versions) == (2, (1,))
    assert counter.store.identity.purge(KEEP_UNTIL + timedelta(days=2)) is None
    assert counter.store.identity.key_versions() == set()


def test_the_proof_follows_from_what_the_journal_said_was_stored(counter: Counter) -> None:
    counter.sell("S1", ANNA, BORIS)
    counter.sell("S2", ANNA, day=DAY + timedelta(days=1))
    counter.store.identity.purge(KEEP_UNTIL + timedelta(days=1))
    stored = bodies(counter.store, "identity.stored")
    records = [RecordId(str(row[0]), row[1], str(row[2])) for row in (body["row"] for body in stored)]  # type: ignore[index]
    (purged,) = bodies(counter.store, "identity.purged")
    assert (purged["count"], purged["proof"]) == (3, proof_of(reversed(records)))
    assert all(body["purge_after"] == KEEP_UNTIL.isoformat() for body in stored)


def traces(folder: Path) -> bytes:
    """Every byte of the database, its log and its shared memory."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def written(document: VisitorDocument) -> Iterator[bytes]:
    """How a document could stand in a file."""
    for part in (document.number, document.holder, document.number[6:14]):
        yield from (part.encode(), part.encode("utf-16-le"), part.encode().hex().encode())


def test_a_number_is_never_in_clear_and_after_the_purge_not_at_all(tmp_path: Path) -> None:
    database = Database(tmp_path / "terminal.sqlite")
    counter = Counter(open_store(database))
    counter.store.add_leases([lease(60)], 0.0, "boot")
    people = [person(number) for number in range(50)]
    for number, who in enumerate(people):
        counter.sell(f"S{number:02}", who)
    records = [RecordId(f"S{number:02}", 0, PURPOSE) for number in range(50)]
    sealed = [found for record in records if (found := counter.store.identity.find(record))]
    assert len(sealed) == len(people)
    before = traces(tmp_path)
    assert all(number.ciphertext in before and number.hash in before for number in sealed)
    assert not [part for who in people for part in written(who) if part in before]

    assert counter.store.identity.purge(KEEP_UNTIL + timedelta(days=1)) is not None
    after = traces(tmp_path)
    assert not [n for n in sealed if n.ciphertext in after or n.hash in after or n.ciphertext[12:28] in after]
    assert (tmp_path / "terminal.sqlite-wal").stat().st_size == 0
    database.close()
    assert not [n for n in sealed if n.ciphertext[12:28] in traces(tmp_path)]


def test_the_journal_holds_neither_number_nor_hash_nor_ciphertext(counter: Counter) -> None:
    counter.sell("S1", ANNA)
    number = counter.store.identity.find(RecordId("S1", 0, PURPOSE))
    assert number is not None
    said = repr([event.body for event in counter.store.journal_after(0, 1000)])
    for secret in (ANNA.number, NAME, ANNA.last4, number.hash.hex(), number.ciphertext.hex(), repr(number.hash)):
        assert secret not in said


def test_a_reader_that_holds_the_log_back_is_only_a_delay(tmp_path: Path) -> None:
    database = Database(tmp_path / "terminal.sqlite")
    counter = Counter(open_store(database))
    counter.store.add_leases([lease(2)], 0.0, "boot")
    counter.sell("S1", ANNA)
    database.run(lambda connection: connection.execute(text("PRAGMA busy_timeout=50")).close())
    with closing(sqlite3.connect(tmp_path / "terminal.sqlite")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM journal").fetchone()
        assert counter.store.identity.purge(KEEP_UNTIL + timedelta(days=1)) is not None
        assert not database.empty_log()
    assert counter.store.identity.purge(KEEP_UNTIL + timedelta(days=1)) is None
    assert (tmp_path / "terminal.sqlite-wal").stat().st_size == 0
    database.close()


INSERT = "INSERT INTO protected_number SELECT {}, 1, hash, ciphertext, last4, 1, purge_after FROM protected_number"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE protected_number SET hash = zeroblob(32)",
        "UPDATE protected_number SET purge_after = '2099-01-01'",
        "UPDATE protected_number SET sale_id = 'S2'",
        "UPDATE protected_number SET counts = 2",
        INSERT.format("sale_id, 9, purpose, 'today'"),
        INSERT.format("'S9', 0, purpose, counts_on"),
        "INSERT INTO protected_number SELECT * FROM protected_number",
    ],
)
def test_the_database_refuses_to_change_a_number(counter: Counter, database: Database, statement: str) -> None:
    counter.sell("S1", ANNA)
    hold(counter.store, "S2")
    with pytest.raises(IntegrityError):
        database.run(lambda connection: connection.execute(text(statement)).close())
