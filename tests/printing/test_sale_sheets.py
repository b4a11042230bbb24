"""What stands on the sheets of a sale, against the demonstration area's catalogue and prices."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.contracts.printer import Columns, Cut, Raster, TextLine
from i18n.loader import load
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit, SlotKey
from shared.domain.pricing import PartyMember, Quote, QuoteRequest, quote, quote_to_document
from shared.domain.sale_history import apply, replay
from shared.domain.sale_state import Sale
from shared.printing.sale_sheets import SaleSheets, ticket_price

SITE = Path(__file__).parents[2] / "assets" / "demo"
NOW = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
SLOT = SlotKey("entry", datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
PARTY = ("adult", "senior", "senior")
CATALOG = load_catalog(SITE / "catalog.toml")


class StillClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def priced() -> Quote:
    """One of the two seniors is over 70 by document and free: they stand on two lines."""
    born = {1: datetime(1950, 1, 1, tzinfo=UTC).date()}
    members = tuple(PartyMember(category, born.get(n)) for n, category in enumerate(PARTY))
    request = QuoteRequest(members, ("entry",), SLOT.start.date(), SLOT, NOW, "kiosk")
    return quote(load_price_list(SITE / "prices.toml", CATALOG), CATALOG, request)


@pytest.fixture
def sale(priced: Quote) -> Sale:
    units = tuple(LeaseUnit(b"lease--1", k) for k in range(1, 4))
    opened = ev.SaleOpened("ja", "kiosk", str(SLOT), PARTY, "entry", priced.total, quote_to_document(priced))
    paid: list[ev.SaleEvent] = [
        ev.PaymentCreated(1, "wechat", "ORDER1", priced.total),
        ev.PaymentSubmitted(1),
        ev.PaymentAnswered(1, "paid", "REFERENCE-0042"),
    ]
    tickets = [ev.TicketSigned(i, f"{i:032x}", unit, "entry", PARTY[i], "CODE" * 42) for i, unit in enumerate(units)]
    return replay("261123-TESTSALE", [opened, ev.PlacesHeld(units), *paid, *tickets])


@pytest.fixture
def sheets() -> SaleSheets:
    return SaleSheets(CATALOG, load, "t-1", 576, StillClock())


def test_every_visitor_s_own_price_is_on_the_ticket(priced: Quote) -> None:
    prices = [ticket_price(priced, PARTY, index).minor for index in range(3)]
    assert prices[0] == 6000
    assert sorted(prices[1:]) == [0, 3000]
    assert sum(prices) == priced.total.minor


def test_a_ticket_is_one_picture_and_a_cut(sheets: SaleSheets, sale: Sale) -> None:
    blocks = sheets.ticket(sale, sale.live_tickets[0])
    assert isinstance(blocks[0], Raster)
    assert blocks[0].width <= 576
    assert isinstance(blocks[-1], Cut)


def test_the_receipt_adds_up_and_hides_the_payment_s_number(sheets: SaleSheets, sale: Sale) -> None:
    words = [
        f"{b.left} {b.right}" if isinstance(b, Columns) else b.text
        for b in sheets.receipt(sale)
        if isinstance(b, Columns | TextLine)
    ]
    text = "\n".join(words)
    assert "元90.00" in text
    assert "REFERENCE" not in text
    assert "0042" in text


def test_the_lines_of_a_card_terminal_are_on_the_receipt(sheets: SaleSheets, priced: Quote) -> None:
    opened = ev.SaleOpened("en", "kiosk", str(SLOT), PARTY, "entry", priced.total, quote_to_document(priced))
    units = tuple(LeaseUnit(b"lease--1", k) for k in range(1, 4))
    lines = ("** CARDHOLDER **", "Nr: **** **** **** 4242")
    paid = replay(
        "261123-TESTSALE",
        [
            opened,
            ev.PlacesHeld(units),
            ev.PaymentCreated(1, "card", "ORDER1", priced.total),
            ev.PaymentSubmitted(1),
            ev.PaymentAnswered(1, "paid", "REFERENCE-0042", receipt=lines),
        ],
    )
    blocks = sheets.receipt(paid)
    texts = [block.text for block in blocks if isinstance(block, TextLine)]
    assert [text for text in texts if text in lines] == [*lines]
    assert any("Bank card" in block.left for block in blocks if isinstance(block, Columns))


def test_a_claim_says_how_many_tickets_are_owed(sheets: SaleSheets, sale: Sale) -> None:
    claimed = apply(sale, ev.ClaimIssued("7KQ2-M9XA", "printer"))
    text = "\n".join(b.text for b in sheets.claim(claimed) if isinstance(b, TextLine))
    assert "7KQ2-M9XA" in text
    assert "3" in text


def test_without_a_claim_there_is_no_claim_slip(sheets: SaleSheets, sale: Sale) -> None:
    with pytest.raises(ValueError, match="no claim"):
        sheets.claim(sale)
