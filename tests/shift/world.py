"""A window for tests: the real store on a file that outlives it, and a cashier who counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shared.domain.journal import HashProfile
from shared.domain.money import Currency, Money
from shared.domain.shift.events import Denomination, DrawerGiven, DrawerTaken
from shared.domain.shift.state import Shift
from shared.storage import ledger
from shared.storage.database import Database
from shared.storage.shift_book import ShiftBook
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from tests.storage.world import KEY, open_store

CNY = Currency("CNY")
DRAWER = "window-1"
CASHIER, SUPERVISOR = "0007", "0001"


def yuan(amount: int) -> Money:
    return Money(amount * 100, CNY)


def pieces(minor: int) -> tuple[Denomination, ...]:
    """So much in coins of one fen: what it is worth is what counts here."""
    return (Denomination(Money(1, CNY), minor),) if minor else ()


def taking(order_no: str, minor: int, tendered: int = 0) -> DrawerTaken:
    return DrawerTaken(order_no, Money(minor, CNY), Money(max(tendered, minor), CNY))


def giving(number: str, of: str, minor: int) -> DrawerGiven:
    return DrawerGiven(number, of, Money(minor, CNY), "refund")


@dataclass
class Window:
    """One run of the program on a file."""

    path: Path
    profile: HashProfile = "sha256"

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.start_in_epoch(1)

    def start_in_epoch(self, epoch: int) -> None:
        self.database = Database(self.path)
        self.store: TerminalStore = open_store(self.database, epoch, self.profile)

    def restart(self) -> None:
        self.database.close()
        self.start()

    @property
    def book(self) -> ShiftBook:
        return self.store.shifts

    def open(self, float_minor: int = 50000, drawer: str = DRAWER) -> Shift:
        opened = self.book.open(drawer, "2026-11-23", CASHIER, "CNY", pieces(float_minor))
        assert isinstance(opened, Shift)
        return opened

    def close(self, counted: int, drawer: str = DRAWER) -> Shift:
        """Counts twice, in case the first looks like a slip."""
        self.book.count(drawer, pieces(counted), CASHIER)
        self.book.count(drawer, pieces(counted), CASHIER)
        closed = self.book.close(drawer, CASHIER)
        assert isinstance(closed, Shift)
        return closed

    def balance(self, account: str) -> int:
        found = {str(each.account): each.balance.minor for each in self.database.run(ledger.trial_balance)}
        return found.get(account, 0)

    def broken(self) -> object:
        return verify(self.path, KEY.public).broken
