"""A counter for tests: the real store, the real drivers, emulated devices on real sockets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drivers.contracts.printer import Block, Cut, Feed, QrCode, TextLine
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_native import WeChatNative
from drivers.payment.wechat_settings import WeChatSettings
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import find_typeface
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import BackOff, Connection
from shared.domain import sale as ev
from shared.domain.capacity import Lease, LeaseUnit, SlotKey
from shared.domain.money import Currency, Money
from shared.domain.sale_state import Sale, Ticket
from shared.security.keys import SigningKey
from shared.selling.fresh import RandomIds
from shared.selling.ports import Counter, Pace
from shared.selling.process import SaleProcess
from shared.selling.progress import Progress
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from shared.sync.ports import LeaseStanding

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SLOT = SlotKey("entry", START)
KEY = SigningKey.from_seed(bytes(32))
FAST = Pace(
    query_every=0.05,
    settle_for=0.5,
    reverse_every=0.05,
    reverse_tries=2,
    refund_every=0.05,
    refund_tries=2,
    printer_poll=0.05,
    printer_patience=0.4,
    sheet_recovery=0.3,
)


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class PlainSheets:
    """Sheets that say just enough to be told apart."""

    def ticket(self, sale: Sale, ticket: Ticket) -> tuple[Block, ...]:
        return (TextLine(f"ticket {ticket.index}"), QrCode(ticket.qr), Feed(2), Cut())

    def receipt(self, sale: Sale) -> tuple[Block, ...]:
        return (TextLine("receipt"), Cut())

    def claim(self, sale: Sale) -> tuple[Block, ...]:
        return (TextLine(f"claim {sale.claim.code if sale.claim else ''}"), Cut())


class PlainSealer:
    def seal(self, opened: ev.SaleOpened, unit: LeaseUnit, ticket_id: bytes, generation: int) -> str:
        return f"{ticket_id.hex().upper()}:{unit.k}:{generation}"


@dataclass
class TestLine:
    """A line to central that is up or down; when up it grants what is asked from what central has left."""

    __test__ = False
    store: TerminalStore
    up: bool = True
    left: int = 0

    def online(self) -> bool:
        return self.up

    def top_up(self, slot: SlotKey, units: int, seconds: float) -> bool:
        if not self.up or self.left < units:
            return False
        self.left -= units
        self.store.add_leases([lease(units, f"top-{self.left:04}".encode())], 0.0, "boot")
        return True

    def may_sell(self, standing: LeaseStanding) -> bool:
        return True


@dataclass
class Booth:
    """A process with everything around it, and what it told."""

    process: SaleProcess
    store: TerminalStore
    line: TestLine
    paper: EscPosPrinterEmulator
    gateway: WeChatGatewayEmulator
    counter: Counter
    told: list[Progress] = field(default_factory=list)

    def heard(self, kind: type[Progress]) -> list[Progress]:
        return [told for told in self.told if isinstance(told, kind)]


def lease(units: int, name: bytes = b"lease--1") -> Lease:
    return Lease(name, "t1", KEY.public.key_id, SLOT, units, 1, START, START + timedelta(hours=8), "p1", b"s")


def basket(tickets: int = 2) -> ev.SaleOpened:
    total = Money(6000 * tickets, Currency("CNY"))
    return ev.SaleOpened("en", "kiosk", str(SLOT), ("adult",) * tickets, "entry", total, {})


@pytest.fixture(scope="session")
def gateway_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One set of keys for all tests: making RSA keys is slow."""
    return tmp_path_factory.mktemp("gateway")


@pytest.fixture
def gateway(gateway_folder: Path) -> Iterator[WeChatGatewayEmulator]:
    for old in gateway_folder.glob("payments.sqlite*"):
        old.unlink()
    with WeChatGatewayEmulator(gateway_folder) as emulator:
        yield emulator


@pytest.fixture
def paper() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator() as emulator:
        yield emulator


@pytest.fixture
def printer(paper: EscPosPrinterEmulator) -> Iterator[EscPosPrinter]:
    connection = Connection(connector(parse_address(paper.address)), time.monotonic, lambda: 0.0, BackOff(0.0, 0.05))
    timing = PrinterTiming(answer=0.3, margin=0.5, poll=0.05, grace=0.05)
    driver = EscPosPrinter(connection, Renderer(load_profiles()["80mm"], find_typeface()), time.monotonic, timing)
    driver.open()
    yield driver
    driver.close()


@pytest.fixture
def open_booth(
    tmp_path: Path, gateway: WeChatGatewayEmulator, paper: EscPosPrinterEmulator, printer: EscPosPrinter
) -> Iterator[Callable[[], Booth]]:
    """Opens a booth on the same database and devices each time: a second call is a restart."""
    databases: list[Database] = []

    def make() -> Booth:
        for old in databases:
            old.close()
        databases[:] = [Database(tmp_path / "t.sqlite")]
        store = TerminalStore(databases[0], Pen("t1", 1, KEY), WallClock())
        settings = WeChatSettings.from_mapping({**gateway.settings(), "timeout_seconds": 1.0})
        method, line, told = QuickReverse(settings), TestLine(store), list[Progress]()
        counter = Counter(
            store,
            line,
            printer,
            {"wechat": method, "wechat-qr": WeChatNative(settings)},
            PlainSheets(),
            PlainSealer(),
            WallClock(),
            RandomIds(),
            told.append,
            time.sleep,
            FAST,
        )
        return Booth(SaleProcess(counter), store, line, paper, gateway, counter, told)

    yield make
    for old in databases:
        old.close()
        assert verify(old.path, KEY.public).broken is None


class QuickReverse(WeChatPay):
    """The real driver, without the provider's 15 seconds before a reversal."""

    earliest_reverse_seconds = 0.1
    refund_apart_seconds = 0.0


@pytest.fixture
def booth(open_booth: Callable[[], Booth]) -> Booth:
    opened = open_booth()
    opened.store.add_leases([lease(6)], 0.0, "boot")
    return opened
