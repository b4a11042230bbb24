"""What the process does when its memory is in doubt: no new sale on a failing disk, none twice after a restore."""

from __future__ import annotations

from dataclasses import replace

from shared.domain import sale as ev
from shared.errors import Fault
from shared.selling import progress
from shared.selling.process import SaleProcess
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from tests.selling.conftest import KEY, Booth, WallClock, basket


def last(booth: Booth) -> progress.Progress:
    return booth.told[-1]


def limit_pages(booth: Booth, number: int) -> None:
    statement = f"PRAGMA max_page_count = {number}"
    booth.store._database.run(lambda connection: connection.exec_driver_sql(statement).close())


def test_a_full_disk_refuses_new_sales_and_takes_no_money(booth: Booth) -> None:
    limit_pages(booth, 1)  # SQLite takes it as: no more than there are
    for number in range(500):
        booth.process.open(f"S{number}", basket(1))
        if booth.heard(progress.CannotServe):
            break
        booth.process.cancel(f"S{number}")
    booth.process.open("LATER", basket())
    assert last(booth) == progress.CannotServe("LATER", Fault.DISK_FULL)
    assert "LATER" not in booth.store.open_sales()
    assert booth.gateway.taken_minor == 0
    limit_pages(booth, 100_000)
    booth.store.put_fact("clock", {"high_water": "2026-11-23T01:00:00.000000Z"})
    booth.process.resume()
    assert booth.store.open_sales() == []
    booth.process.open("GOOD", basket())
    assert last(booth) == progress.SaleReady("GOOD")


def test_offline_a_price_list_that_is_not_the_one_leased_is_not_sold_at(booth: Booth) -> None:
    booth.line.up = False
    booth.process.open("S1", replace(basket(), quote={"price_version": "p2"}, offline=True))
    assert last(booth) == progress.CannotServe("S1", Fault.PRICE_LIST_NOT_LEASED)
    assert booth.store.sale("S1").outcome == "released"
    booth.process.open("S2", replace(basket(), quote={"price_version": "p1"}, offline=True))
    assert last(booth) == progress.SaleReady("S2")


def test_a_paid_sale_of_before_a_restore_goes_to_a_person(booth: Booth) -> None:
    booth.process.open("PAID", basket())
    amount = basket().total
    booth.store.record("PAID", ev.PaymentCreated(1, "wechat", "N1", amount), ev.PaymentSubmitted(1))
    booth.store.record("PAID", ev.PaymentAnswered(1, "paid", "ref"))
    booth.process.open("UNPAID", basket())
    restored = TerminalStore(booth.store._database, Pen("t1", 2, KEY), WallClock())
    SaleProcess(replace(booth.counter, store=restored)).resume()
    sale = restored.sale("PAID")
    assert (sale.outcome, sale.claim and sale.claim.reason, sale.tickets) == ("claim", "restored", ())
    assert restored.sale("UNPAID").outcome == "released"
