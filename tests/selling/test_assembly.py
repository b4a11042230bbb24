"""Selling and after-sales as a mode puts them together: one sale, given back or exchanged, with real sheets."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import assets
from drivers.emulators.wechat_gateway import Behaviour, make_code
from i18n.loader import load
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain.capacity import Lease, SlotKey
from shared.domain.catalog import Catalog
from shared.domain.clock import TrustedNow
from shared.domain.pricing import PartyMember, QuoteRequest, quote, quote_to_document
from shared.domain.refund_rules import replays
from shared.domain.refund_state import Refund
from shared.domain.sale import SaleOpened
from shared.security.keys import Keyring
from shared.selling.assembly import Selling, Workplace, put_together
from shared.selling.fresh import RandomIds
from shared.selling.paying import Payer
from shared.selling.refund_plan import Denied, RefundPlan, RefundRequest, exchange_refund_id
from shared.sync.ports import Admission
from tests.selling.conftest import FAST, KEY, Booth, WallClock

SITE = Path(assets.__file__).parent / "demo"
CATALOG = load_catalog(SITE / "catalog.toml")
PRICES = load_price_list(SITE / "prices.toml", CATALOG)


def slot() -> SlotKey:
    """Tomorrow's entry at 10 in the morning of the site."""
    tomorrow = (datetime.now(UTC).astimezone(CATALOG.zone) + timedelta(days=1)).date()
    return CATALOG.slots_on("entry", tomorrow)[4].key


def open_desk(booth: Booth, catalog: Catalog = CATALOG) -> Selling:
    store = booth.store
    store.put_fact("keyring", {"keys": [{"owner": "terminal:t1", "public": KEY.public.raw.hex()}]})
    start = slot()
    held = Lease(b"lease--9", "t1", KEY.public.key_id, start, 20, 1, start.start, start.start, "p1", b"s")
    store.add_leases([held], 0.0, "boot")
    return put_together(
        Workplace(
            terminal_id="t1",
            key=KEY,
            store=store,
            line=booth.line,
            trusted_now=lambda: TrustedNow(datetime.now(UTC), 1.0),
            catalog=catalog,
            protection=None,
            printer=booth.counter.printer,
            width_dots=576,
            methods=booth.counter.methods,
            wording=load,
            clock=WallClock(),
            ids=RandomIds(),
            tell=booth.told.append,
            pause=time.sleep,
            channel="kiosk",
            pace=FAST,
        )
    )


def opened(categories: tuple[str, ...]) -> SaleOpened:
    start = slot()
    members = tuple(PartyMember(category) for category in categories)
    visit = start.start.astimezone(CATALOG.zone).date()
    priced = quote(PRICES, CATALOG, QuoteRequest(members, ("entry",), visit, start, datetime.now(UTC), "kiosk"))
    return SaleOpened("ko", "kiosk", str(start), categories, "entry", priced.total, quote_to_document(priced))


def sell(selling: Selling, booth: Booth, *categories: str) -> list[str]:
    """Codes of the tickets of a sale S1."""
    selling.process.open("S1", opened(categories))
    selling.process.pay("S1", Payer("wechat", make_code(Behaviour.APPROVE)))
    return [ticket.qr for ticket in booth.store.sale("S1").tickets]


def test_one_tap_takes_a_ticket_back_by_its_code(booth: Booth) -> None:
    selling = open_desk(booth)
    code, _ = sell(selling, booth, "adult", "child")
    sheets = len(booth.paper.sheets)
    quoted = selling.aftersales.quote_refund(code)
    assert isinstance(quoted, RefundPlan)
    assert not quoted.needs_supervisor
    refund = selling.aftersales.refund("R1", code, "visitor", "rain")
    assert isinstance(refund, Refund)
    assert (refund.outcome, len(booth.paper.sheets)) == ("done", sheets + 1)
    assert refund.opened
    assert refund.opened.rules
    sale = booth.store.sale("S1")
    assert sale.opened.business_day
    places = {ticket.ticket_id: ticket.index for ticket in sale.tickets}
    assert replays(selling.desk.rules, sale.opened, places, refund.opened.tickets, refund.opened.rules)


def test_a_ticket_that_opened_a_gate_stays_used(booth: Booth) -> None:
    selling = open_desk(booth)
    (code,) = sell(selling, booth, "adult")
    ticket_id = booth.store.sale("S1").tickets[0].ticket_id
    booth.store.admit([Admission(ticket_id, datetime.now(UTC), "north")])
    assert selling.aftersales.quote_refund(code) == Denied("admitted", ticket_id)


def test_what_was_sold_on_another_business_day_is_not_voided(booth: Booth) -> None:
    selling = open_desk(booth)
    sell(selling, booth, "adult")
    today = selling.days.today()
    assert today
    selling.days.close("bea")
    selling.days.open(today.day + timedelta(days=1), "bea")
    denied = selling.aftersales.void("R1", "S1", "bea", "mistake")
    assert isinstance(denied, Denied)
    assert denied.reason == "after_z"


def test_the_counter_exchanges(booth: Booth) -> None:
    selling = open_desk(booth)
    sell(selling, booth, "adult")
    given = tuple(ticket.ticket_id for ticket in booth.store.sale("S1").tickets)
    request = RefundRequest("S1", given, "exchange", "visitor", "later")
    assert selling.exchanging.open(selling.process, "S2", opened(("adult",)), request) is None
    assert booth.store.sale("S2").outcome == "done"
    assert booth.store.sale("S1").live_tickets == ()
    assert booth.store.refunds.refund(exchange_refund_id("S2")).outcome == "done"


def test_a_restart_finishes_sales_and_refunds(open_booth: Callable[[], Booth], booth: Booth) -> None:
    selling = open_desk(booth)
    (code,) = sell(selling, booth, "adult")
    for _ in range(FAST.refund_tries):
        booth.gateway.answer_next(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    refund = selling.aftersales.refund("R1", code, "visitor", "rain")
    assert isinstance(refund, Refund)
    assert refund.outcome is None
    again = open_booth()
    open_desk(again).aftersales.resume()
    assert again.store.refunds.refund("R1").outcome == "done"


def test_without_a_key_ring_no_code_is_known(booth: Booth) -> None:
    selling = open_desk(booth)
    (code,) = sell(selling, booth, "adult")
    booth.store.put_fact("keyring", {"keys": []})
    assert selling.aftersales.quote_refund(code) == Denied("unknown_ticket", "")
    assert Keyring().keys == {}


def test_a_catalogue_that_is_not_taken_back_is_not(booth: Booth) -> None:
    never = replace(CATALOG.product("entry").refund, steps=())
    products = (replace(CATALOG.products[0], refund=never), *itertools.islice(CATALOG.products, 1, None))
    selling = open_desk(booth, replace(CATALOG, products=products))
    (code,) = sell(selling, booth, "adult")
    denied = selling.aftersales.quote_refund(code)
    assert isinstance(denied, Denied)
    assert denied.reason == "too_late"
