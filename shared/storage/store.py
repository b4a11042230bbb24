"""The terminal's store: what selling and sync read and write, each call one durable transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from shared.domain import sale as ev
from shared.domain.business_day import BusinessDay, DaySchedule
from shared.domain.capacity import Lease, SlotKey
from shared.domain.clock import Clock, TrustedNow
from shared.domain.journal import JournalEvent
from shared.domain.sale_state import Sale
from shared.domain.unfinished import Unfinished
from shared.errors import Fault
from shared.storage import admissions, epochs, identity, journal, leases, ledger, sales, tables
from shared.storage.business_days import BusinessDays, last_day
from shared.storage.cash_book import CashBook
from shared.storage.database import Database
from shared.storage.identity import NamedTicket, OverLimit
from shared.storage.identity_register import IdentityRegister
from shared.storage.journal import Pen
from shared.storage.refund_book import RefundBook
from shared.storage.sale_memory import SaleMemory
from shared.storage.shift_book import ShiftBook
from shared.storage.staff_book import StaffBook
from shared.storage.unfinished import unfinished
from shared.sync.ports import Admission, LeaseStanding


class TerminalStore:
    """Implements `shared.sync.ports.SyncStore` and `shared.selling.ports.SaleStore`."""

    def __init__(self, database: Database, pen: Pen, clock: Clock) -> None:
        """Goes on in the pen's epoch or begins it. Raises UserError when that epoch may not be written."""
        self._database = database
        self._clock = clock
        self._memory = SaleMemory()
        self._pen = database.run(lambda connection: epochs.enter(connection, pen, clock.now()))

    def health(self) -> Fault | None:
        """Why nothing new may be sold; None while the disk takes what is written."""
        return self._database.health

    # Sales

    def record(self, sale_id: str, *events: ev.SaleEvent) -> Sale:
        """Appends events to a sale's history and returns its state. Raises HistoryError, nothing written."""
        return self._database.run(lambda connection: self._record(connection, sale_id, events))

    def hold(self, sale_id: str, slot: SlotKey, count: int, may_sell: Callable[[LeaseStanding], bool]) -> Sale | None:
        """Takes places and records them, in one transaction; None when the leases have too few.

        Raises SurroundingsError when the leases are for another price list than that of an offline sale.
        """
        return self._database.run(lambda connection: self._hold(connection, sale_id, slot, count, may_sell))

    def hold_named(
        self,
        sale_id: str,
        slot: SlotKey,
        count: int,
        may_sell: Callable[[LeaseStanding], bool],
        tickets: Sequence[NamedTicket],
    ) -> Sale | OverLimit | None:
        """As `hold`, with the document numbers of named tickets stored beside the places; or whose are too many."""

        def work(connection: Connection) -> Sale | OverLimit | None:
            over = identity.over_limit(connection, tickets, sales.given_in_exchange(connection, sale_id))
            if over is not None:
                return over
            sale = self._hold(connection, sale_id, slot, count, may_sell)
            if sale is not None:
                identity.store(connection, self._pen, self._clock.now(), tickets)
            return sale

        return self._database.run(work)

    @property
    def identity(self) -> IdentityRegister:
        """The document numbers stored beside the sales."""
        return IdentityRegister(self._database, self._pen, self._clock)

    @property
    def refunds(self) -> RefundBook:
        """The refunds of the sales, and whose tickets are whose."""
        return RefundBook(self._database, self._pen, self._clock)

    def last_business_day(self) -> BusinessDay | None:
        """The day opened last; None before the first."""
        return self._database.run(last_day)

    def business_days(self, schedule: DaySchedule, now: Callable[[], TrustedNow]) -> BusinessDays:
        """The business days, by a site's schedule and trusted time."""
        return BusinessDays(self._database, self._pen, self._clock, schedule, now)

    @property
    def staff(self) -> StaffBook:
        """The people of the windows."""
        return StaffBook(self._database, self._pen, self._clock)

    @property
    def shifts(self) -> ShiftBook:
        """The shifts at the windows' drawers."""
        return ShiftBook(self._database, self._pen, self._clock)

    @property
    def cash(self) -> CashBook:
        """The cash machine's orders, devices and stock."""
        return CashBook(self._database, self._pen, self._clock)

    def sale(self, sale_id: str) -> Sale:
        """Raises HistoryError when there is no such sale."""
        return self._database.run(lambda connection: sales.read(connection, sale_id, self._memory))

    def open_sales(self) -> Sequence[str]:
        """Ids of the sales without an end, oldest first."""
        query = select(tables.sale.c.sale_id).where(tables.sale.c.outcome.is_(None)).order_by(tables.sale.c.sale_id)
        return self._database.run(lambda connection: connection.execute(query).scalars().all())

    def unfinished(self) -> Sequence[Unfinished]:
        """What a person must look after: what is open or claimed, why, since when and under which code."""
        return self._database.run(unfinished)

    def begun_before(self, sale_id: str) -> bool:
        """Whether a sale was begun in an earlier epoch: what came of it after the backup is not known here."""
        query = select(tables.journal.c.epoch).where(tables.journal.c.sale_id == sale_id).limit(1)
        query = query.order_by(tables.journal.c.epoch)
        began = int(self._database.run(lambda connection: connection.execute(query).scalar_one()))
        return began < self._pen.epoch

    def trial_balance(self) -> Sequence[ledger.AccountBalance]:
        """Every account of the ledger that is not empty."""
        return self._database.run(ledger.trial_balance)

    def _hold(
        self,
        connection: Connection,
        sale_id: str,
        slot: SlotKey,
        count: int,
        may_sell: Callable[[LeaseStanding], bool],
    ) -> Sale | None:
        sale = sales.read(connection, sale_id, self._memory)
        booking_id = _booking_of(sale)
        pinned = None if booking_id else _pinned_prices(sale)
        # without a line only the booking's own lease says that no other terminal collects it (docs/adr/0022)
        own_only = bool(booking_id) and sale.opened.offline
        units = leases.take(connection, self._pen.epoch, sale_id, slot, count, may_sell, pinned, booking_id, own_only)
        return self._record(connection, sale_id, (ev.PlacesHeld(units),)) if units else None

    def _record(self, connection: Connection, sale_id: str, events: Sequence[ev.SaleEvent]) -> Sale:
        return sales.record(connection, self._pen, self._clock.now(), sale_id, events, self._memory)

    # Sync

    def journal_after(self, seq: int, limit: int) -> Sequence[JournalEvent]:
        return self._database.run(lambda connection: journal.read_after(connection, self._pen, seq, limit))

    def acknowledged(self) -> int:
        query = select(tables.upload.c.through).where(tables.upload.c.epoch == self._pen.epoch)
        return self._database.run(lambda connection: connection.execute(query).scalar()) or 0

    def acknowledge(self, through: int, flags: Mapping[int, str]) -> None:
        def work(connection: Connection) -> None:
            row = insert(tables.upload).values(epoch=self._pen.epoch, through=through)
            connection.execute(row.on_conflict_do_update(index_elements=["epoch"], set_={"through": through}))
            for seq, flag in flags.items():
                remark = insert(tables.remark).values(epoch=self._pen.epoch, seq=seq, flag=flag)
                connection.execute(remark.on_conflict_do_update(index_elements=["epoch", "seq"], set_={"flag": flag}))

        self._database.run(work)

    def add_leases(self, new: Sequence[Lease], monotonic: float, boot: str) -> None:
        def work(connection: Connection) -> None:
            for lease in new:
                leases.add(connection, lease, monotonic, boot)

        self._database.run(work)

    def leases(self) -> Sequence[LeaseStanding]:
        return self._database.run(lambda connection: leases.standings(connection, self._pen.epoch))

    def open_leases(self) -> Sequence[LeaseStanding]:
        """The leases that may still be sold from, as far as the store knows."""
        epoch = self._pen.epoch
        return self._database.run(lambda connection: leases.standings(connection, epoch, ("open",)))

    def close_lease(self, lease_id: bytes) -> int:
        return self._database.run(lambda connection: leases.change_state(connection, lease_id, "closed"))

    def settle_lease(self, lease_id: bytes) -> None:
        self._database.run(lambda connection: leases.change_state(connection, lease_id, "settled"))

    def admit(self, new: Sequence[Admission]) -> None:
        self._database.run(lambda connection: admissions.add(connection, new))

    def forget_admissions(self, before: datetime) -> int:
        """Deletes admissions of before a time (UTC); how many."""
        return self._database.run(lambda connection: admissions.forget(connection, before))

    def admitted(self, ticket_id: str) -> bool:
        """Whether a ticket opened a gate, as far as central told."""
        return self._database.run(lambda connection: admissions.is_admitted(connection, ticket_id))

    def put_fact(self, name: str, value: Mapping[str, object]) -> None:
        put_fact(self._database, name, value)

    def fact(self, name: str) -> Mapping[str, object] | None:
        return read_fact(self._database, name)


def put_fact(database: Database, name: str, value: Mapping[str, object]) -> None:
    """Stores a small JSON document under a name; also before the terminal has an identity."""
    text = json.dumps(value, ensure_ascii=False)
    row = insert(tables.fact).values(name=name, value=text)
    database.run(
        lambda connection: connection.execute(
            row.on_conflict_do_update(index_elements=["name"], set_={"value": text})
        ).close()
    )


def read_fact(database: Database, name: str) -> Mapping[str, object] | None:
    """The document stored under a name."""
    query = select(tables.fact.c.value).where(tables.fact.c.name == name)
    text = database.run(lambda connection: connection.execute(query).scalar())
    return None if text is None else json.loads(text)


def _pinned_prices(sale: Sale) -> str | None:
    """The price list that an offline sale's leases must be for; online the newest list counts."""
    version = sale.opened.quote.get("price_version")
    return str(version) if sale.opened.offline and version is not None else None


def _booking_of(sale: Sale) -> str:
    prepaid = sale.opened.prepaid
    return prepaid.reference if prepaid is not None and prepaid.kind == "booking" else ""
