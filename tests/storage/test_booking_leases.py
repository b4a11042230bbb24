"""Places that belong to a booking: for it alone, and without a line nothing else serves it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.money import Currency, Money
from shared.domain.sale import Prepaid
from shared.domain.sale_state import Sale
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from tests.storage.world import SLOT, lease, open_store, opened

OWN, COMMON = b"booking1", b"common-1"


@pytest.fixture
def stocked(store: TerminalStore) -> TerminalStore:
    store.add_leases([replace(lease(2, OWN), booking_id="b-1"), lease(5, COMMON, hours=1)], 0.0, "boot")
    return store


def hold(store: TerminalStore, sale_id: str, count: int, booking_id: str = "", *, offline: bool = True) -> Sale | None:
    total = Money(6000 * count, Currency("CNY"))
    paid = Prepaid("booking", booking_id, total) if booking_id else None
    store.record(sale_id, replace(opened(count, "p0" if booking_id else "p1", offline=offline), prepaid=paid))
    return store.hold(sale_id, SLOT, count, lambda _: True)


def leases_of(sale: Sale | None) -> list[bytes]:
    assert sale is not None
    return [unit.lease_id for unit in sale.units]


def test_nobody_else_gets_a_bookings_places(stocked: TerminalStore) -> None:
    assert hold(stocked, "S1", 6) is None
    assert leases_of(hold(stocked, "S2", 5)) == [COMMON] * 5
    assert hold(stocked, "S3", 1) is None
    assert hold(stocked, "S4", 1, "b-2") is None


def test_a_booking_gets_its_own_places_whatever_its_price_list(stocked: TerminalStore) -> None:
    assert leases_of(hold(stocked, "S1", 2, "b-1")) == [OWN] * 2


def test_without_a_line_a_booking_that_was_not_given_out_here_is_not_issued(stocked: TerminalStore) -> None:
    assert hold(stocked, "S1", 1, "b-2") is None
    assert leases_of(hold(stocked, "S2", 1, "b-3", offline=False)) == [COMMON]


def test_a_bookings_lease_is_the_same_after_a_restart(stocked: TerminalStore, database: Database) -> None:
    assert {s.lease.booking_id for s in open_store(database).leases()} == {"b-1", ""}
