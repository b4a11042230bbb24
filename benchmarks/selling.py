"""How fast a terminal sells: whole sales a second, our own work in one sale, a start over a long journal, memory.

Run: `python -m benchmarks.selling [--sales N] [--rounds N] [--journal SALES]`. Devices answer at once, so that what is
measured is ours: journal, leases, ledger, signatures, sheets. The database is durable (FULL) and in a temporary folder
(`TMPDIR` chooses the disk).
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.verify import write
from drivers.contracts.payment import (
    Charge,
    Needs,
    Paid,
    PaymentAnswer,
    QueryAnswer,
    RefundAnswer,
    Refunded,
    ReverseAnswer,
)
from drivers.contracts.payment import Reversed as TakenBack
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.contracts.printer import Block, Cut, PrintAnswer, Printed, PrinterReady, PrinterStatus, PrintJob
from i18n.loader import load
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain.capacity import Lease, SlotKey
from shared.domain.catalog import Catalog
from shared.domain.pricing import PartyMember, QuoteRequest, quote, quote_to_document
from shared.domain.sale import SaleOpened
from shared.domain.sale_state import Sale, Ticket
from shared.printing.sale_sheets import SaleSheets
from shared.security.keys import SigningKey
from shared.selling.fresh import RandomIds
from shared.selling.paying import Payer
from shared.selling.ports import Counter, SheetPrinter, Sheets
from shared.selling.process import SaleProcess
from shared.selling.sealing import CatalogSealer
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.sync.ports import LeaseStanding
from shared.system_clock import SystemClock

SITE = Path(__file__).parents[1] / "assets" / "demo"
KEY = SigningKey.from_seed(bytes(32))
PAPER_DOTS = 576
TICKETS = 2
LEASE_UNITS = 200


class ReadyPrinter:
    """Prints at once, on nothing."""

    def status(self) -> PrinterStatus:
        return PrinterReady()

    def print(self, job: PrintJob) -> PrintAnswer:
        return Printed()

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer:
        return Printed()


class RichPayer:
    """A way to pay that always works, at once."""

    name = "wechat"
    needs = Needs.SCANNED_CODE
    earliest_reverse_seconds = 0.0
    refund_apart_seconds = 0.0

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        return Paid("42", charge.amount_minor, charge.currency)

    def cancel(self, order_no: str) -> None:
        pass

    def query(self, order_no: str) -> QueryAnswer:
        return TakenBack()

    def reverse(self, order_no: str) -> ReverseAnswer:
        return TakenBack()

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        return Refunded("50")


class NoLine:
    """Offline: everything comes out of the leases."""

    def online(self) -> bool:
        return False

    def top_up(self, slot: SlotKey, units: int, seconds: float) -> bool:
        return False

    def may_sell(self, standing: LeaseStanding) -> bool:
        return True


class NoSheets:
    """Draws nothing: for the sale's own work without its paper."""

    def ticket(self, sale: Sale, ticket: Ticket) -> tuple[Block, ...]:
        return (Cut(),)

    def receipt(self, sale: Sale) -> tuple[Block, ...]:
        return (Cut(),)

    def claim(self, sale: Sale) -> tuple[Block, ...]:
        return (Cut(),)


class Terminal:
    """A terminal with the demonstration's catalogue and leases for many sales."""

    def __init__(
        self,
        path: Path,
        sales: int,
        *,
        with_paper: bool,
        printer: SheetPrinter | None = None,
        payer: RichPayer | None = None,
    ) -> None:
        self.catalog = load_catalog(SITE / "catalog.toml")
        clock = SystemClock()
        self.slot = coming_slot(self.catalog, clock.now())
        self.opened = opened(self.catalog, self.slot, clock.now())
        self.database = Database(path)
        self.store = TerminalStore(self.database, Pen("t1", 1, KEY), clock)
        self._lend(sales, str(self.opened.quote["price_version"]), clock.now())
        sheets: Sheets = SaleSheets(self.catalog, load, "t1", PAPER_DOTS, clock) if with_paper else NoSheets()
        counter = Counter(
            self.store,
            NoLine(),
            printer or ReadyPrinter(),
            {"wechat": payer or RichPayer()},
            sheets,
            CatalogSealer(self.catalog, KEY),
            clock,
            RandomIds(),
            lambda _: None,
            time.sleep,
        )
        self.process = SaleProcess(counter)

    def _lend(self, sales: int, price_version: str, now: datetime) -> None:
        """A day's leases, spent one after the other as in service."""
        until = now + timedelta(hours=8)
        names = (number.to_bytes(8, "big") for number in range(1, sales * TICKETS // LEASE_UNITS + 2))
        leases = [
            Lease(name, "t1", KEY.public.key_id, self.slot, LEASE_UNITS, 1, now, until, price_version, b"s")
            for name in names
        ]
        self.store.add_leases(leases, 0.0, "boot")

    def sell(self, number: int) -> tuple[float, float]:
        """Seconds for one sale of two tickets: as they pass, and of the processor."""
        sale_id = f"S{number:07}"
        began, worked = time.perf_counter(), time.process_time()
        self.process.open(sale_id, self.opened)
        self.process.pay(sale_id, Payer("wechat", "130000000000000000"))
        return time.perf_counter() - began, time.process_time() - worked


def coming_slot(catalog: Catalog, now: datetime) -> SlotKey:
    return catalog.slots_on("entry", (now + timedelta(days=1)).date())[0].key


def opened(catalog: Catalog, slot: SlotKey, now: datetime) -> SaleOpened:
    party = (PartyMember("adult"),) * TICKETS
    visit = slot.start.astimezone(catalog.zone).date()
    prices = load_price_list(SITE / "prices.toml", catalog)
    offer = quote(prices, catalog, QuoteRequest(party, ("entry",), visit, slot, now, "kiosk"))
    categories = ("adult",) * TICKETS
    return SaleOpened(
        "en", "kiosk", str(slot), categories, "entry", offer.total, quote_to_document(offer), offline=True
    )


def sales_row(folder: Path, sales: int, rounds: int, *, with_paper: bool) -> str:
    """The medians of the rounds: sales a second, then one sale's median and 95th percentile, twice."""
    figures = []
    for number in range(rounds):
        terminal = Terminal(folder / f"{with_paper}-{number}.sqlite", sales + 20, with_paper=with_paper)
        for warm in range(20):
            terminal.sell(warm)
        passed, worked = (sorted(column) for column in zip(*map(terminal.sell, range(20, 20 + sales)), strict=True))
        assert not terminal.store.open_sales()
        terminal.database.close()
        high = int(0.95 * sales)
        times = (statistics.median(worked), worked[high], statistics.median(passed), passed[high])
        figures.append((sales / sum(passed), *times))
    rate, *medians = (statistics.median(column) for column in zip(*figures, strict=True))
    cells = " | ".join(f"{seconds * 1e3:.1f}" for seconds in medians)
    return f"| {'yes' if with_paper else 'no'} | {rate:.0f} | {cells} |"


def start_seconds(path: Path) -> float:
    """Opening the database and asking what is open, in a process that has loaded the program."""
    began = time.perf_counter()
    database = Database(path)
    store = TerminalStore(database, Pen("t1", 1, KEY), SystemClock())
    store.open_sales()
    store.leases()
    seconds = time.perf_counter() - began
    database.close()
    return seconds


def start_row(folder: Path, sales: int, rounds: int) -> str:
    path = folder / "long.sqlite"
    write(path, sales)
    with closing(sqlite3.connect(path)) as file:
        (rows,) = file.execute("SELECT count(*) FROM journal").fetchone()
    seconds = statistics.median(start_seconds(path) for _ in range(rounds))
    return f"| {rows} | {seconds:.3f} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sales", type=int, default=300)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--journal", type=int, default=0, help="sales in the journal of the start-up; 0: none")
    chosen = options.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {chosen.sales} sales a round, medians of {chosen.rounds} rounds\n")
    with tempfile.TemporaryDirectory() as folder:
        print("| sheets drawn | sales/s | work, median ms | work, p95 ms | passed, median ms | passed, p95 ms |")
        print("|---|---|---|---|---|---|", flush=True)
        for with_paper in (False, True):
            print(sales_row(Path(folder), chosen.sales, chosen.rounds, with_paper=with_paper), flush=True)
        print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        if chosen.journal:
            print(f"\n| journal rows | start s |\n|---|---|\n{start_row(Path(folder), chosen.journal, chosen.rounds)}")


if __name__ == "__main__":
    main()
