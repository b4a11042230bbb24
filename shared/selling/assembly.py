"""Selling and after-sales put together, once for the kiosk and the box office."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from drivers.contracts.payment import PaymentMethod
from shared.domain.business_day import DaySchedule
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock, TrustedNow
from shared.domain.refund_rules import RefundRules
from shared.printing.refund_sheets import RefundSheets
from shared.printing.sale_sheets import SaleSheets
from shared.printing.wording import Wording
from shared.security.fields import FieldProtection
from shared.security.keys import Keyring, SigningKey
from shared.selling.aftersales import Aftersales
from shared.selling.collecting import Collecting
from shared.selling.desk import Desk
from shared.selling.exchanging import Exchanging
from shared.selling.naming import CatalogNames
from shared.selling.ports import Counter, Ids, Pace, SheetPrinter
from shared.selling.process import SaleProcess
from shared.selling.progress import Progress
from shared.selling.sealing import CatalogSealer
from shared.storage.business_days import BusinessDays
from shared.storage.store import TerminalStore
from shared.sync.ports import Line


@dataclass(frozen=True)
class Workplace:
    """What a mode brings: the terminal, its devices and its screen. `width_dots` is the ticket paper's.

    `receipt_printer`, where there is a second one, prints all that is no ticket.

    `trusted_now` is central's time as far as it is known; `protection` is None while there are no data keys.
    `wording` translates into a language, `tell` passes progress to the screen.
    """

    terminal_id: str
    key: SigningKey
    store: TerminalStore
    line: Line
    trusted_now: Callable[[], TrustedNow]
    catalog: Catalog
    protection: FieldProtection | None
    printer: SheetPrinter
    width_dots: int
    methods: Mapping[str, PaymentMethod]
    wording: Callable[[str], Wording]
    clock: Clock
    ids: Ids
    tell: Callable[[Progress], None]
    pause: Callable[[float], None]
    channel: str
    pace: Pace = field(default_factory=Pace)
    receipt_printer: SheetPrinter | None = None


@dataclass(frozen=True)
class Selling:
    """All that sells and takes back. Its parts block and are called on one thread; `aftersales.resume` comes first."""

    process: SaleProcess
    aftersales: Aftersales
    exchanging: Exchanging
    collecting: Collecting
    days: BusinessDays
    desk: Desk


def put_together(place: Workplace) -> Selling:
    """The processes of one terminal, sharing its store, devices and rules."""
    days = _business_days(place)
    counter = _counter(place, days)
    desk = _desk(place, counter, days)
    exchanging = Exchanging(desk)
    counter = replace(counter, exchanges=exchanging)
    process = SaleProcess(counter)
    return Selling(
        process,
        Aftersales(replace(desk, counter=counter), process, lambda: stored_keyring(place.store)),
        exchanging,
        Collecting(process, place.store.refunds, place.channel),
        days,
        desk,
    )


def stored_keyring(store: TerminalStore) -> Keyring:
    """The public keys as central last sent them; none before that."""
    fact = store.fact("keyring")
    return Keyring() if fact is None else Keyring.from_json(json.dumps(fact))


def _business_days(place: Workplace) -> BusinessDays:
    schedule = DaySchedule(place.catalog.zone, place.catalog.site.day_begins)
    return place.store.business_days(schedule, place.trusted_now)


def _counter(place: Workplace, days: BusinessDays) -> Counter:
    return Counter(
        place.store,
        place.line,
        place.printer,
        place.methods,
        SaleSheets(place.catalog, place.wording, place.terminal_id, place.width_dots, place.clock),
        CatalogSealer(place.catalog, place.key),
        place.clock,
        place.ids,
        place.tell,
        place.pause,
        place.pace,
        days=days,
        names=CatalogNames(place.catalog, place.protection),
        receipt_printer=place.receipt_printer,
    )


def _desk(place: Workplace, counter: Counter, days: BusinessDays) -> Desk:
    return Desk(
        counter,
        place.store.refunds,
        RefundRules.of(place.catalog),
        place.store.admitted,
        place.store.open_leases,
        days.today,
        RefundSheets(place.catalog, place.wording, place.terminal_id, place.clock).receipt,
    )
