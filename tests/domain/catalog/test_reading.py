"""A catalogue survives the wire, and a wrong one is refused with every mistake at its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shared.domain.catalog import CatalogErrors, catalog_from_document, catalog_to_document
from shared.domain.catalog.kinds import AddOn, AnnualPass, Combination, Companion, Show, TimedEntry
from tests.domain.catalog.examples import category, document, product

Change = Callable[[dict[str, Any]], object]


def test_a_catalogue_survives_the_wire() -> None:
    catalog = catalog_from_document(document())
    assert catalog_from_document(json.loads(json.dumps(catalog_to_document(catalog)))) == catalog


def test_every_kind_is_read() -> None:
    kinds = [found.kind for found in catalog_from_document(document()).products]
    assert len({type(kind) for kind in kinds}) == 10
    assert isinstance(kinds[0], TimedEntry)
    assert kinds[4] == AnnualPass(365, "identity")
    assert kinds[6] == Companion(("annual",), 2)
    assert isinstance(kinds[7], Combination)
    assert kinds[7].parts[1].site == "lake"
    assert kinds[8] == AddOn("audio_guide", "person", 20_000)
    assert kinds[9] == Show("hall")


def test_dates_may_be_dates_of_toml() -> None:
    wanted = document()
    wanted["products"][0]["sales"]["from"] = date(2026, 1, 1)
    assert catalog_from_document(wanted) == catalog_from_document(document())


def _set(*place: Any, to: object) -> Change:
    def change(wanted: dict[str, Any]) -> None:
        inner: Any = wanted
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("version", to=3), "version: must be a text, is a whole number"),
        (_set("colour", to="red"), "colour: is not a known key here"),
        (_set("site", "timezone", to="Asia/Peking"), "site.timezone: is not a known time zone: 'Asia/Peking'"),
        (_set("site", "currency", to="XXX"), "site.currency: is not a known currency: 'XXX'"),
        (_set("site", "name", to={}), "site.name: needs a text in at least one language"),
        (_set("site", "name", "en", to=""), "site.name.en: must be a text, is an empty text"),
        (_set("products", to=[]), "products: needs at least one entry"),
        (_set("products", 1, "code", to=0), "products[1].code: must be 1..65535, is 0"),
        (_set("products", 1, "code", to=1), "products[1].code: 1 is taken by products[0]"),
        (_set("products", 1, "id", to="entry"), "products[1].id: 'entry' is taken by products[0]"),
        (_set("products", 1, "categories", 0, to="dog"), "products[1].categories[0]: there is no category 'dog'"),
        (_set("products", 1, "categories", 0, to=1), "products[1].categories[0]: must be a text, is a whole number"),
        (_set("products", 1, "kind", to="day"), "products[1].kind: must be a table, is a text"),
        (_set("products", 1, "kind", "kind", to="dream"), "products[1].kind.kind: must be one of timed_entry, "),
        (_set("products", 1, "kind", "days", to=0), "products[1].kind.days: must be at least 1, is 0"),
        (_set("products", 6, "kind", "of", to=["gold"]), "products[6].kind.of[0]: there is no product 'gold'"),
        (_set("products", 7, "kind", "parts", 0, "product", to="x"), "products[7].kind.parts[0].product: there is no"),
        (
            _set("products", 7, "kind", "parts", 0, "product", to="joint"),
            "products[7].kind.parts[0].product: 'joint' is",
        ),
        (_set("products", 7, "kind", "parts", 1, "site", to="sea"), "products[7].kind.parts[1].site: there is no site"),
        (_set("products", 8, "together_with", to=["x"]), "products[8].together_with[0]: there is no product 'x'"),
        (_set("products", 9, "kind", "seat_map", to="x"), "products[9].kind.seat_map: there is no seat map 'x'"),
        (_set("products", 9, "slots", 0, "capacity", to=22), "products[9].slots[0].capacity: must be at most the 21"),
        (_set("products", 0, "slots", 0, "first", to="24:30"), "products[0].slots[0].first: must be a time of day"),
        (_set("products", 0, "slots", 0, "last", to="07:00"), "products[0].slots[0].last: is before `first`"),
        (_set("products", 0, "slots", 0, "weekdays", to=[8]), "products[0].slots[0].weekdays[0]: must be 1 (Monday)"),
        (_set("products", 0, "sales", "to", to="2025-01-01"), "products[0].sales.to: is before `from`"),
        (_set("products", 0, "sales", "to", to="2026-06-31"), "products[0].sales.to: must be a date that exists"),
        (_set("products", 0, "limits", "per_sale", to=0), "products[0].limits.per_sale: must be at least 1, is 0"),
        (_set("products", 0, "limits", "per_sale", to=True), "products[0].limits.per_sale: must be a whole number"),
        (_set("categories", 1, "id", to="adult"), "categories[1].id: 'adult' is taken by categories[0]"),
        (_set("categories", 1, "checked_by", 0, to="owl"), "categories[1].checked_by[0]: must be one of kiosk, "),
        (_set("categories", 1, "eligibility", "most", to=-1), "categories[1].eligibility.most: must be at least 0"),
        (_set("categories", 1, "eligibility", "least", to=18), "categories[1].eligibility.most: is below `least`"),
        (
            _set("categories", 0, "eligibility", to={"kind": "age"}),
            "categories[0].eligibility: needs `least` or `most`",
        ),
        (_set("seat_maps", 0, "rows", 0, "plan", to="sx"), "seat_maps[0].rows[0].plan: knows s, w and _, not 'x'"),
        (_set("seat_maps", 0, "rows", 1, "row", to="A"), "seat_maps[0].rows[1]: row 'A' is there twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_is_named_with_its_place(change: Change, said: str) -> None:
    wrong = document()
    change(wrong)
    with pytest.raises(CatalogErrors) as raised:
        catalog_from_document(wrong)
    assert any(str(mistake).startswith(said) for mistake in raised.value.mistakes), raised.value.mistakes


def test_all_mistakes_come_at_once_and_none_twice() -> None:
    wrong = document()
    wrong["categories"].append(category("adult", colour="red"))
    wrong["products"].append(product(0, "late", categories=["dog"], slots=[{"first": "x", "capacity": -1}]))
    with pytest.raises(CatalogErrors) as raised:
        catalog_from_document(wrong)
    assert [str(mistake).split(":")[0] for mistake in raised.value.mistakes] == [
        "categories[5].colour",
        "products[10].code",
        "products[10].slots[0].first",
        "products[10].slots[0].capacity",
        "categories[5].id",
        "products[10].categories[0]",
    ]
