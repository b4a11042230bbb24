"""What verify says of rows that no terminal writes, whoever made them: told as broken, never as a crash."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from shared.domain.booking import Booking
from shared.domain.money import Currency, Money
from shared.domain.sale import ClaimIssued, PaymentAnswered, SaleClosed, SaleOutcome, TicketSigned
from shared.storage import journal
from shared.storage.audit import situations
from shared.storage.audit.books import Books
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from tests.storage.test_verify import tamper
from tests.storage.world import CENTRAL, KEY, NOW, SLOT, hold, lease, sell, submitted

ENTRY = "INSERT INTO entry VALUES (1, {seq}, 'x', NULL, NULL)"
POSTINGS = "INSERT INTO posting VALUES (1, {seq}, 'drawer', 'CNY', 5), (1, {seq}, 'sales:x', 'CNY', {minor})"


def found(path: Path) -> str:
    return str(verify(path, KEY.public).broken)


def write(database: Database, kind: str, body: dict[str, object], sale_id: str | None = None) -> int:
    pen = Pen("t1", 1, KEY)
    return database.run(lambda connection: journal.append(connection, pen, NOW, kind, body, sale_id))


@pytest.mark.parametrize(("minor", "said"), [(-5, "None"), (-4, "entry, epoch 1, seq 1: does not balance")])
def test_a_row_of_a_kind_to_come_may_have_an_entry_that_balances(
    store: TerminalStore, database: Database, minor: int, said: str
) -> None:
    seq = write(database, "shop.sold", {})
    tamper(database.path, POSTINGS.format(seq=seq, minor=minor), ENTRY.format(seq=seq))
    assert found(database.path) == said


@pytest.mark.parametrize(
    ("kind", "body", "sale_id", "said"),
    [
        ("sale.opened", {"slot": 5}, "S9", "cannot have happened"),
        ("sale.places_held", {"units": [{"lease_id": 5, "k": "x"}]}, "S1", "cannot have happened"),
        ("sale.places_held", {"units": 5}, "S1", "cannot have happened"),
        ("sale.closed", {"outcome": "done"}, "S1", "cannot have happened"),
        ("sale.closed", {"outcome": "claim"}, "S1", "cannot have happened"),
        ("refund.opened", {"refund_id": "R1"}, None, "cannot have happened"),
        ("sale.reverse_answered", {"number": 1, "outcome": "reversed"}, "S1", "cannot have happened"),
        ("day.opened", {}, None, "cannot have happened"),
    ],
)
def test_a_row_that_cannot_have_happened_is_named(
    store: TerminalStore, database: Database, kind: str, body: dict[str, object], sale_id: str | None, said: str
) -> None:
    store.add_leases([lease(9)], 0.0, "boot")
    hold(store, "S1")
    seq = write(database, kind, body, sale_id)
    assert found(database.path).startswith(f"journal, epoch 1, seq {seq}: {said}")


def test_a_ticket_with_an_odd_unit_is_named(store: TerminalStore, database: Database) -> None:
    store.add_leases([lease(9)], 0.0, "boot")
    hold(store, "S1")
    store.record("S1", *submitted())
    store.record("S1", PaymentAnswered(1, "paid", "r"))
    body: dict[str, object] = {"index": 0, "ticket_id": "T", "unit": "x", "product_id": "entry"}
    seq = write(database, TicketSigned.type, {**body, "category_id": "adult", "qr": "Q"}, "S1")
    assert found(database.path).startswith(f"journal, epoch 1, seq {seq}: cannot have happened")


@pytest.mark.parametrize("outcome", ["done", "claim"])
def test_a_sale_that_was_not_to_end_so_is_named(store: TerminalStore, database: Database, outcome: SaleOutcome) -> None:
    """The history allows it, the machine would not have done it: nothing of the paid sale is printed."""
    store.add_leases([lease(9)], 0.0, "boot")
    hold(store, "S1")
    store.record("S1", *submitted())
    claim = [ClaimIssued("C", "printer")] if outcome == "claim" else []
    store.record("S1", PaymentAnswered(1, "paid", "r"), *claim, SaleClosed(outcome))
    assert f"the sale could not end as {outcome}" in found(database.path)


def test_a_booking_that_is_not_collected_as_it_was_told_is_named(store: TerminalStore, database: Database) -> None:
    store.add_leases([lease(9)], 0.0, "boot")
    booking = Booking("B1", "entry", str(SLOT), ("adult",), Money(6000, Currency("CNY")))
    store.record("S1", booking.opened("en", "kiosk", offline=False))
    tamper(database.path, "UPDATE booking SET booking_id = 'B2'")
    assert found(database.path).startswith("booking, B2")
    tamper(database.path, "DELETE FROM booking")
    assert found(database.path) == "booking, B1: is missing"


@pytest.mark.parametrize("fact", [[], {}, {"epoch": "x"}, {"epoch": 1, "terminal_id": "t1", "central": "xy"}])
def test_an_enrolment_that_is_none_is_named(store: TerminalStore, database: Database, fact: object) -> None:
    tamper(database.path, f"INSERT INTO fact VALUES ('enrolment', '{json.dumps(fact)}')")
    assert found(database.path) == "fact, enrolment: is no enrolment"


def test_what_is_remembered_is_let_go_when_it_grows(
    store: TerminalStore, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situations, "_MOST", 3)
    store.put_fact("enrolment", {"terminal_id": "t1", "epoch": 1, "central": CENTRAL.public.raw.hex()})
    bare = [lease(9)]
    store.add_leases(bare, 0.0, "boot")
    for number in range(3):
        sell(store, f"S{number}")
    assert verify(database.path, KEY.public).broken is None


def test_a_reversal_of_nothing_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE entry (epoch, seq, subject, reverses_epoch, reverses_seq)")
        connection.execute("CREATE TABLE posting (epoch, seq, account, currency, minor)")
        connection.execute("INSERT INTO entry VALUES (1, 1, 'S1', 1, 0)")
        with pytest.raises(ValueError, match="nothing to reverse"):
            Books(connection).expect((1, 1), "S1", {("drawer", "CNY"): 5}, reverses=True)
