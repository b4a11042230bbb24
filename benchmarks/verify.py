"""How fast a terminal's database is verified, and how fast a long one opens.

Run: `python -m benchmarks.verify [--sales N] [--every-signature]`. Writes a journal of N whole sales into a temporary
file, then prints rows a second for `verify` and the time of a start-up over it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from shared.domain import sale as ev
from shared.domain.capacity import Lease, LeaseUnit, SlotKey
from shared.domain.money import Currency, Money
from shared.security.keys import SigningKey
from shared.storage import leases, sales
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from shared.system_clock import SystemClock

KEY = SigningKey.from_seed(bytes(32))
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SLOT = SlotKey("entry", START)
TICKETS = 2
TOTAL = Money(6000 * TICKETS, Currency("CNY"))
SALES_PER_LEASE = 50
PER_LEASE = SALES_PER_LEASE * TICKETS
QUOTE = {
    "price_version": "2026-1",
    "lines": [{"product_id": "entry", "category_id": "adult", "quantity": 2, "unit": 6000, "amount": 12000}],
    "trace": [{"rule_id": "base", "stage": "base", "reason": {"en": "Entry", "zh-Hans": "门票"}, "amount": 12000}],
    "digest": "0" * 64,
}


def events(number: int) -> Iterator[ev.SaleEvent]:
    """A sale of two tickets that goes well: 14 rows."""
    lease_id, first = lease_of(number), number % SALES_PER_LEASE * TICKETS + 1
    units = [LeaseUnit(lease_id, first + place) for place in range(TICKETS)]
    yield ev.SaleOpened("en", "kiosk", str(SLOT), ("adult",) * TICKETS, "entry", TOTAL, QUOTE)
    yield ev.PlacesHeld(tuple(units))
    yield ev.PaymentCreated(1, "wechat", f"{number:026}", TOTAL)
    yield ev.PaymentSubmitted(1)
    yield ev.PaymentAnswered(1, "paid", "4200001234202611231234567890")
    tickets = [f"{number:030x}{place:02x}" for place in range(TICKETS)]
    for place, unit in enumerate(units):
        yield ev.TicketSigned(place, tickets[place], unit, "entry", "adult", "Q" * 168)
    for subject in (*tickets, "receipt"):
        yield ev.PrintSubmitted(subject, f"job-{subject}", "P001")
        yield ev.PrintAnswered(f"job-{subject}", "printed")
    yield ev.SaleClosed("done")


def lease_of(sale: int) -> bytes:
    return (sale // SALES_PER_LEASE).to_bytes(8, "big")


def write(path: Path, sales_wanted: int) -> None:
    """Writes the journal, many sales a transaction: this is not what is measured."""
    with closing(Database(path)) as database:
        pen = Pen("t1", 1, KEY)
        store = TerminalStore(database, pen, SystemClock())
        until = START + timedelta(hours=8)
        for first in range(0, sales_wanted, SALES_PER_LEASE):
            lease = Lease(lease_of(first), "t1", KEY.public.key_id, SLOT, PER_LEASE, 1, START, until, "2026-1", b"s")
            store.add_leases([lease], 0.0, "boot")
            numbers = range(first, min(first + SALES_PER_LEASE, sales_wanted))
            database.run(partial(sell, pen=pen, numbers=numbers))
            store.close_lease(lease_of(first))


def sell(connection: Connection, pen: Pen, numbers: range) -> None:
    for number in numbers:
        sale_id = f"261123-{number:08}"
        opened, held, *rest = events(number)
        sales.record(connection, pen, START, sale_id, [opened])
        leases.take(connection, pen.epoch, sale_id, SLOT, TICKETS, lambda _: True)
        sales.record(connection, pen, START, sale_id, [held, *rest])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sales", type=int, default=20_000)
    options.add_argument("--every-signature", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "terminal.sqlite"
        began = time.perf_counter()
        write(path, chosen.sales)
        print(f"written in {time.perf_counter() - began:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        verdict = verify(path, KEY.public, every_signature=chosen.every_signature)
        seconds = time.perf_counter() - began
        speed = f"{verdict.rows / seconds:,.0f} rows/s"
        print(f"verified {verdict.rows} rows in {seconds:.1f} s: {speed}, broken: {verdict.broken}")
        began = time.perf_counter()
        with closing(Database(path)) as database:
            store = TerminalStore(database, Pen("t1", 1, KEY), SystemClock())
            print(f"opened in {time.perf_counter() - began:.3f} s, open sales: {len(store.open_sales())}")


if __name__ == "__main__":
    main()
