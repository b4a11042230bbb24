"""A small scenic area for the tests of prices: three products, their combinations, and rules as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog, catalog_from_document
from shared.domain.pricing import (
    Circumstances,
    PartyMember,
    PriceList,
    Quote,
    QuoteRequest,
    price_list_from_document,
    quote,
)

CATEGORIES = ("adult", "child", "senior", "student")
VISIT = date(2026, 11, 23)  # a Monday
ASKED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 at the site
SLOT = SlotKey("entry", datetime(2026, 11, 23, 2, 0, tzinfo=UTC))  # 10:00 at the site
PARTS = {
    "duo": ("entry", "cablecar"),
    "trio": ("entry", "cablecar", "show"),
    "view": ("cablecar", "show"),
    "night": ("entry", "show"),
}


def _product(code: int, product_id: str, **more: object) -> dict[str, object]:
    text = {"en": product_id}
    return {
        "id": product_id,
        "code": code,
        "name": text,
        "description": text,
        "categories": list(CATEGORIES),
        "valid_minutes": 60,
        **more,
    }


def catalog_document(currency: str = "CNY") -> dict[str, Any]:
    """The catalogue as a document."""
    combinations = [
        _product(10 + i, name, kind={"kind": "combination", "parts": [{"product": part} for part in parts]})
        for i, (name, parts) in enumerate(PARTS.items())
    ]
    singles = [_product(1 + i, name) for i, name in enumerate(("entry", "cablecar", "show"))]
    passes = [_product(20, "annual", kind={"kind": "annual_pass"})]
    return {
        "version": "c1",
        "site": {"id": "s", "name": {"en": "Site"}, "timezone": "Asia/Shanghai", "currency": currency},
        "categories": [{"id": name, "name": {"en": name}, "hint": {"en": name}} for name in CATEGORIES],
        "products": [*singles, *combinations, *passes],
    }


CATALOG: Catalog = catalog_from_document(catalog_document())


def rule(rule_id: str, strategy: str, with_: Mapping[str, object], **more: object) -> dict[str, Any]:
    """A rule as a document."""
    return {"id": rule_id, "strategy": strategy, "with": with_, "reason": {"en": rule_id}, **more}


def base(product_id: str = "entry", **prices: int) -> dict[str, Any]:
    """The base prices of a product by category, in fen; 100.00 for everyone where none are given."""
    amounts: dict[str, object] = {category: prices.get(category, 10_000) for category in CATEGORIES}
    return rule(f"{product_id}-base", "fixed", {"prices": amounts}, when={"products": [product_id]})


def price_list(*rules: dict[str, Any], catalog: Catalog = CATALOG, **more: Any) -> PriceList:
    """A price list of the rules; `more` are other tables of the document."""
    return price_list_from_document(document(*rules, **more), catalog)


def document(*rules: dict[str, Any], **more: object) -> dict[str, Any]:
    """A price list as a document."""
    return {"version": "p1", "currency": "CNY", "rules": list(rules), **more}


def party(*categories: str) -> tuple[PartyMember, ...]:
    """Visitors of whom nothing but the category is known."""
    return tuple(PartyMember(category) for category in categories)


def request(
    members: Sequence[PartyMember],
    wants: Sequence[str] = ("entry",),
    *,
    visit: date = VISIT,
    slot: SlotKey | None = None,
    asked_at: datetime = ASKED,
    channel: str = "kiosk",
    **circumstances: Any,
) -> QuoteRequest:
    """A request at the kiosk on an ordinary Monday, unless said otherwise."""
    return QuoteRequest(tuple(members), tuple(wants), visit, slot, asked_at, channel, Circumstances(**circumstances))


def ask(prices: PriceList, members: Sequence[PartyMember], wants: Sequence[str] = ("entry",), **more: Any) -> Quote:
    """The quote for such a request."""
    return quote(prices, CATALOG, request(members, wants, **more))


def cost(prices: PriceList, members: Sequence[PartyMember], wants: Sequence[str] = ("entry",), **more: Any) -> int:
    """What such a request costs, in fen."""
    return ask(prices, members, wants, **more).total.minor
