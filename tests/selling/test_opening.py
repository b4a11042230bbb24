"""A sale begins of the open business day, and in the names of its visitors where there are documents."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import assets
from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.catalogue_files import load_catalog
from shared.domain import sale as ev
from shared.domain.booking import Booking
from shared.domain.business_day import DaySchedule
from shared.domain.catalog import Catalog
from shared.domain.catalog.kinds import AnnualPass
from shared.domain.clock import TrustedNow
from shared.errors import Fault
from shared.security.fields import FieldProtection, RecordId
from shared.selling import progress
from shared.selling.exchanging import Exchanging
from shared.selling.naming import CatalogNames
from shared.selling.paying import Payer
from shared.selling.process import SaleProcess
from shared.selling.refund_plan import Denied, RefundRequest
from tests.selling.conftest import SLOT, START, Booth, basket, lease
from tests.selling.desk import TestDesk
from tests.storage.window import ANNA, BORIS, KEYS

CATALOG = load_catalog(Path(assets.__file__).parent / "demo" / "catalog.toml")
MIDNIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)  # at the site


@dataclass
class Trusted:
    """Trusted time as a test sets it."""

    at: datetime
    uncertainty: float = 1.0

    def __call__(self) -> TrustedNow:
        return TrustedNow(self.at, self.uncertainty)


def with_days(booth: Booth, trusted: Trusted) -> SaleProcess:
    schedule = DaySchedule(ZoneInfo("Asia/Shanghai"), time(4))
    booth.counter = replace(booth.counter, days=booth.store.business_days(schedule, trusted))
    booth.process = SaleProcess(booth.counter)
    return booth.process


def with_names(booth: Booth, catalog: Catalog = CATALOG, *, keys: bool = True) -> SaleProcess:
    nonces = itertools.count()
    protection = FieldProtection(KEYS, lambda: next(nonces).to_bytes(12)) if keys else None
    booth.counter = replace(booth.counter, names=CatalogNames(catalog, protection))
    booth.process = SaleProcess(booth.counter)
    return booth.process


def day_of(booth: Booth, sale_id: str) -> str:
    return booth.store.sale(sale_id).opened.business_day


def test_a_machine_that_runs_over_midnight_keeps_its_day_until_the_change_over(booth: Booth) -> None:
    trusted = Trusted(MIDNIGHT - timedelta(minutes=1))
    process = with_days(booth, trusted)
    for sale_id, minutes in (("S1", 0), ("S2", 2), ("S3", 5 * 60)):
        trusted.at = MIDNIGHT + timedelta(minutes=minutes - 1)
        process.open(sale_id, basket(1))
    assert [day_of(booth, sale_id) for sale_id in ("S1", "S2", "S3")] == ["2026-11-23", "2026-11-23", "2026-11-24"]


def test_without_an_open_day_nothing_is_sold(booth: Booth) -> None:
    trusted = Trusted(START, math.inf)
    process = with_days(booth, trusted)
    process.open("S1", basket(1))
    assert booth.told == [progress.CannotServe("S1", Fault.DAY_NOT_OPEN)]
    assert booth.store.open_sales() == []


def test_a_sale_is_voided_on_its_own_business_day_alone(booth: Booth) -> None:
    trusted, desk = Trusted(START), TestDesk(booth)
    process = with_days(booth, trusted)
    ticket = desk.sell(1).tickets[0].ticket_id
    days = booth.counter.days
    assert days
    trusted.at += timedelta(days=1)
    desk.day = days.today()
    assert desk.refund(0, kind="void") == Denied("after_z", ticket)
    process.open("S2", basket(1))
    assert day_of(booth, "S2") == "2026-11-24"


def test_a_person_has_one_ticket_a_day_also_offline(booth: Booth) -> None:
    booth.line.up = False
    process = with_names(booth)
    process.open("S1", basket(2), (ANNA, BORIS))
    process.open("S2", basket(1), (BORIS,))
    assert booth.heard(progress.PersonHasEnough) == [progress.PersonHasEnough("S2", 1, BORIS.last4, 1)]
    assert (booth.store.sale("S1").outcome, booth.store.sale("S2").outcome) == (None, "released")
    assert booth.store.leases()[0].used == 2
    stored = booth.store.identity.find(RecordId("S1", 1, "per_person_day:entry"))
    assert stored
    assert stored.last4 == BORIS.last4
    process.cancel("S1")
    process.open("S3", basket(1), (BORIS,))
    assert booth.heard(progress.SaleReady)[-1] == progress.SaleReady("S3")


def test_a_number_is_not_kept_without_a_ticket_nor_past_its_date(booth: Booth) -> None:
    with_names(booth).open("S1", basket(1), (ANNA,))
    visit = START.astimezone(CATALOG.zone).date()
    keep = timedelta(days=CATALOG.site.keep_names_days)
    assert booth.store.identity.purge(visit + keep) is None
    purged = booth.store.identity.purge(visit + keep + timedelta(days=1))
    assert purged
    assert purged.count == 1


def test_a_topped_up_sale_stores_its_names_too(open_booth: Callable[[], Booth]) -> None:
    booth = open_booth()
    booth.line.left = 1
    with_names(booth).open("S1", basket(1), (ANNA,))
    assert booth.heard(progress.SaleReady)
    assert booth.store.identity.find(RecordId("S1", 0, "per_person_day:entry"))


def pass_catalog() -> Catalog:
    """The demonstration's catalogue, with an entry that is sold in a name alone."""
    named = tuple(
        replace(product, kind=AnnualPass(named_by="identity")) if product.product_id == "entry" else product
        for product in CATALOG.products
    )
    return replace(CATALOG, products=named)


def test_what_is_sold_in_a_name_wants_one_for_each_ticket(booth: Booth) -> None:
    process = with_names(booth, pass_catalog())
    process.open("S1", basket(1))
    process.open("S2", basket(2), (ANNA,))
    assert booth.told == [progress.NamesWanted("S1"), progress.NamesWanted("S2")]
    process.open("S3", basket(1), (ANNA,))
    assert booth.store.sale("S3").units


def test_a_booking_has_its_names_where_it_was_booked(booth: Booth) -> None:
    process = with_names(booth, pass_catalog())
    booking = Booking("B1", "entry", str(SLOT), ("adult",), basket(1).total)
    process.open("S1", booking.opened("en", "kiosk", offline=False))
    assert booth.heard(progress.NamesWanted) == []
    assert booth.store.sale("S1").units


def test_a_ticket_given_in_exchange_does_not_count_against_its_person(booth: Booth) -> None:
    process = with_names(booth)
    process.open("S1", basket(1), (ANNA,))
    process.pay("S1", Payer("wechat", make_code(Behaviour.APPROVE)))
    exchanging = Exchanging(TestDesk(booth).desk())
    process = SaleProcess(replace(booth.counter, exchanges=exchanging))
    given = (booth.store.sale("S1").tickets[0].ticket_id,)
    request = RefundRequest("S1", given, "exchange", "ann", "later")
    assert exchanging.open(process, "S2", basket(1), request, (ANNA,)) is None
    assert booth.store.sale("S2").outcome == "done"
    process.open("S3", basket(1), (ANNA,))
    assert booth.heard(progress.PersonHasEnough)


def test_without_data_keys_nothing_is_sold_in_a_name_and_the_rest_goes_on(booth: Booth) -> None:
    process = with_names(booth, keys=False)
    process.open("S1", basket(1), (ANNA,))
    process.open("S2", basket(1))
    assert booth.told == [progress.CannotServe("S1", Fault.DATA_KEYS), progress.SaleReady("S2")]


def test_no_name_is_in_what_is_told(booth: Booth) -> None:
    process = with_names(booth)
    booth.store.add_leases([lease(1, b"lease--2")], 0.0, "boot")
    process.open("S1", basket(1), (ANNA,))
    process.open("S2", basket(1), (ANNA,))
    said = repr(booth.told) + repr([dict(event.body) for event in booth.store.journal_after(0, 100)])
    assert ANNA.number not in said
    assert ANNA.last4 not in repr(booth.told)
    assert isinstance(booth.store.sale("S2").opened, ev.SaleOpened)
