"""Document numbers in the terminal's file: as many tickets for a person and day as allowed, and no change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.domain import sale as ev
from shared.domain.money import Money
from shared.domain.ticket_return import TicketReturn
from shared.domain.visitor import VisitorDocument
from shared.security.data_keys import SECRET_BYTES
from shared.security.fields import RecordId
from shared.storage.database import Database
from shared.storage.identity import OverLimit
from shared.storage.identity_purge import proof_of
from shared.storage.store import TerminalStore
from tests.storage.window import ANNA, BORIS, DAY, KEYS, PURPOSE, Window, bodies
from tests.storage.world import SLOT, hold, issued, opened, submitted


def test_one_ticket_a_person_and_day(window: Window) -> None:
    assert isinstance(window.sell("S1", ANNA), ev.SaleOpened)
    assert window.sell("S2", BORIS, ANNA) == OverLimit(1, ANNA.last4, 1)
    assert isinstance(window.sell("S3", BORIS), ev.SaleOpened)
    assert isinstance(window.sell("S4", ANNA, day=DAY + timedelta(days=1)), ev.SaleOpened)


def test_a_refused_hold_takes_no_place_and_stores_nothing(window: Window) -> None:
    window.sell("S1", ANNA)
    before = window.store.leases()[0].used
    assert isinstance(window.sell("S2", BORIS, ANNA), OverLimit)
    assert window.store.leases()[0].used == before
    assert window.store.identity.find(RecordId("S2", 0, PURPOSE)) is None
    assert not window.store.sale("S2").units


def test_without_places_nothing_is_stored(store: TerminalStore) -> None:
    window = Window(store)
    assert window.sell("S1", ANNA) is None
    assert store.identity.find(RecordId("S1", 0, PURPOSE)) is None
    assert bodies(store, "identity.stored") == []


def test_the_limit_counts_the_party_itself(window: Window) -> None:
    assert window.sell("S1", ANNA, ANNA) == OverLimit(1, ANNA.last4, 1)
    assert isinstance(window.sell("S2", ANNA, ANNA, limit=3), ev.SaleOpened)
    assert window.sell("S3", ANNA, ANNA, limit=3) == OverLimit(1, ANNA.last4, 3)
    assert isinstance(window.sell("S4", *[ANNA] * 5, limit=None), ev.SaleOpened)


def test_a_released_sale_does_not_count_and_leaves_no_number(window: Window) -> None:
    window.sell("S1", ANNA, BORIS)
    window.store.record("S1", ev.SaleClosed("released"))
    assert window.store.identity.find(RecordId("S1", 0, PURPOSE)) is None
    assert isinstance(window.sell("S2", ANNA), ev.SaleOpened)
    records = [RecordId("S1", index, PURPOSE) for index in (0, 1)]
    assert bodies(window.store, "identity.purged") == [
        {"reason": "released", "subject": "S1", "count": 2, "proof": proof_of(records), "key_versions": [1]}
    ]


def sold(window: Window, sale_id: str, who: VisitorDocument) -> None:
    """A good sale of one ticket in a person's name."""
    window.sell(sale_id, who)
    units = window.store.sale(sale_id).units
    window.store.record(sale_id, *submitted(), ev.PaymentAnswered(1, "paid", "ref"), *issued(sale_id, units))
    window.store.record(sale_id, ev.SaleClosed("done"))


def test_a_ticket_given_back_counts_no_longer(window: Window) -> None:
    sold(window, "S1", ANNA)
    (ticket,) = window.store.sale("S1").live_tickets
    assert isinstance(window.sell("S2", ANNA), OverLimit)
    window.store.record("S1", ev.TicketVoided(ticket.ticket_id, "refund", "R1"))
    assert isinstance(window.sell("S3", ANNA), ev.SaleOpened)


def test_who_exchanges_a_ticket_gets_another_for_it(window: Window) -> None:
    sold(window, "S1", ANNA)
    (ticket,) = window.store.sale("S1").live_tickets
    total = opened().total
    prepaid = ev.Prepaid(
        "exchange", "S1", total, (TicketReturn(ticket.ticket_id, "entry", total, Money(0, total.currency)),), "ann"
    )
    window.store.record("S2", replace(opened(), prepaid=prepaid))
    named = window.named("S2", 0, ANNA, 1, DAY)
    held = window.store.hold_named("S2", SLOT, 1, lambda _: True, [named])
    assert held is not None
    assert not isinstance(held, OverLimit)
    assert isinstance(window.sell("S3", ANNA), OverLimit)


def test_a_key_rotated_during_the_day_still_counts_everyone(window: Window) -> None:
    window.sell("S1", ANNA)
    later = Window(window.store, KEYS.rotated(bytes(SECRET_BYTES)))
    assert isinstance(later.sell("S2", ANNA), OverLimit)
    assert isinstance(later.sell("S3", BORIS), ev.SaleOpened)
    assert window.store.identity.key_versions() == {1, 2}


def test_what_is_stored_is_shown_again(window: Window) -> None:
    window.sell("S1", ANNA)
    record = RecordId("S1", 0, PURPOSE)
    number = window.store.identity.find(record)
    assert number is not None
    assert window.protection.reveal(number, record) == ANNA.number
    assert number.last4 == ANNA.last4


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
def test_the_database_refuses_to_change_a_number(window: Window, database: Database, statement: str) -> None:
    window.sell("S1", ANNA)
    hold(window.store, "S2")
    with pytest.raises(IntegrityError):
        database.run(lambda connection: connection.execute(text(statement)).close())
