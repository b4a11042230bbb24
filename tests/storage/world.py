"""A terminal's store for tests, and whole sales to fill it with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.domain import refund
from shared.domain import sale as ev
from shared.domain.capacity import Lease, LeaseUnit, SlotKey
from shared.domain.journal import HashProfile
from shared.domain.money import Currency, Money
from shared.domain.ticket_return import TicketReturn
from shared.security.keys import SigningKey
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SLOT = SlotKey("entry", NOW)
KEY = SigningKey.from_seed(bytes(32))
CENTRAL = SigningKey.from_seed(b"c" * 32)
PRICE = 6000


class StillClock:
    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return 0.0


def open_store(database: Database, epoch: int = 1, profile: HashProfile = "sha256") -> TerminalStore:
    return TerminalStore(database, Pen("t1", epoch, KEY, profile), StillClock())


def lease(units: int, name: bytes = b"lease--1", hours: int = 8, epoch: int = 1, prices: str = "p1") -> Lease:
    """A lease as central signs it."""
    until = NOW + timedelta(hours=hours)
    bare = Lease(name, "t1", KEY.public.key_id, SLOT, units, epoch, NOW, until, prices)
    return replace(bare, signature=CENTRAL.sign(bare.signed_bytes()))


def opened(tickets: int = 1, prices: str = "", *, offline: bool = False) -> ev.SaleOpened:
    quote = {"price_version": prices} if prices else {}
    total = Money(PRICE * tickets, Currency("CNY"))
    return ev.SaleOpened("en", "kiosk", str(SLOT), ("adult",) * tickets, "entry", total, quote, offline)


def submitted(tickets: int = 1) -> tuple[ev.SaleEvent, ...]:
    amount = Money(PRICE * tickets, Currency("CNY"))
    return ev.PaymentCreated(1, "wechat", "N1", amount), ev.PaymentSubmitted(1)


def hold(store: TerminalStore, sale_id: str, tickets: int = 1) -> tuple[LeaseUnit, ...]:
    """Opens a sale and takes its places."""
    store.record(sale_id, opened(tickets))
    held = store.hold(sale_id, SLOT, tickets, lambda _: True)
    assert held is not None
    return held.units


def sell(store: TerminalStore, sale_id: str, tickets: int = 1) -> None:
    """A good sale from its opening to its end."""
    units = hold(store, sale_id, tickets)
    store.record(sale_id, *submitted(tickets), ev.PaymentAnswered(1, "paid", "ref"))
    store.record(sale_id, *issued(sale_id, units))
    store.record(sale_id, ev.SaleClosed("done"))


def issued(sale_id: str, units: Sequence[LeaseUnit]) -> list[ev.SaleEvent]:
    """Tickets signed and printed, and the receipt."""
    ids = [f"{sale_id}-{unit.k}" for unit in units]
    signed = [ev.TicketSigned(i, ids[i], unit, "entry", "adult", "QR") for i, unit in enumerate(units)]
    sheets = [*ids, "receipt"]
    prints = [(ev.PrintSubmitted(i, f"j{i}", "P001"), ev.PrintAnswered(f"j{i}", "printed")) for i in sheets]
    return [*signed, *(event for pair in prints for event in pair)]


def sold_and_undone(path: Path) -> None:
    """A file with a good sale, one whose payment was reversed, one declined, one given up and one under way."""
    database = Database(path)
    store = open_store(database)
    enrolment = {"terminal_id": "t1", "site_id": "s", "epoch": 1, "central": CENTRAL.public.raw.hex()}
    store.put_fact("enrolment", enrolment)
    store.add_leases([lease(9)], 0.0, "boot")
    sell(store, "S1", 2)
    hold(store, "S2")
    store.record("S2", *submitted(), ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "reversed"))
    store.record("S2", ev.SaleClosed("released"))
    store.record("S3", opened(), ev.SaleClosed("released"))
    hold(store, "S4")
    store.record("S4", *submitted(), ev.PaymentAnswered(1, "unknown"))
    give_back(store, "S1", "S1-1")
    database.close()


def give_back(store: TerminalStore, sale_id: str, ticket_id: str, kind: refund.RefundKind = "refund") -> None:
    """Refunds (or voids) one ticket of a done sale, whole."""
    money = Money(PRICE, Currency("CNY"))
    whole = TicketReturn(ticket_id, "entry", money, Money(0, money.currency))
    payout = refund.Payout(1, "R1", "wechat", "N1", money, store.sale(sale_id).opened.total)
    opened = refund.RefundOpened(kind, (whole,), (payout,), Money(0, money.currency), "", "clerk", "asked")
    ended = ev.TicketVoided(ticket_id, kind, "RF1")
    store.refunds.record("RF1", sale_id, opened, of_sales={sale_id: [ended]})
    answered = refund.PayoutAnswered(1, "refunded", "ref")
    store.refunds.record("RF1", sale_id, refund.PayoutSubmitted(1, "R1", money), answered, refund.RefundClosed("done"))
