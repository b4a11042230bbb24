"""A request that has no honest price is refused by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.domain.capacity import SlotKey
from shared.domain.catalog import catalog_from_document
from shared.domain.pricing import PartyMember, PriceError, quote
from tests.domain.pricing.examples import CATALOG, ask, base, catalog_document, party, price_list, request, rule

ENTRY = price_list(base())


@pytest.mark.parametrize(
    ("members", "more", "said"),
    [
        ([], {}, "party: must have 1..200 visitors, has 0"),
        (party(*["adult"] * 10_000), {}, "party: must have 1..200 visitors, has 10000"),
        (party("dog"), {}, "dog: there is no such category"),
        ([PartyMember("adult", date(2030, 1, 1))], {}, "adult: date of birth 2030-01-01 is in the future"),
        (party("adult"), {"wants": ()}, "wants: names no product"),
        (party("adult"), {"wants": ("ski",)}, "ski: there is no such product"),
        (party("adult"), {"wants": ("entry", "entry")}, "entry: is wanted twice"),
        (party("adult"), {"wants": ("show",)}, "show: no base price for 'adult' on 2026-11-23"),
        (party("adult"), {"asked_at": datetime(2026, 1, 1)}, "asked_at: a time needs a zone"),  # noqa: DTZ001
        (
            party("adult"),
            {"slot": SlotKey("show", datetime(2026, 11, 23, tzinfo=UTC))},
            "show@2026-11-23T00:00Z: is a slot of something that is not wanted",
        ),
        (
            party("adult"),
            {"slot": SlotKey("entry", datetime(2026, 11, 24, tzinfo=UTC))},
            "entry@2026-11-24T00:00Z: is not on the day of the visit, 2026-11-23",
        ),
        (party("adult"), {"coupons": tuple("ABCDEFG")}, "coupons: at most 6 in a sale, got 7"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_request_has_no_price(members: Any, more: dict[str, Any], said: str) -> None:
    wants = more.pop("wants", ("entry",))
    with pytest.raises(PriceError) as raised:
        ask(ENTRY, members, wants, **more)
    assert str(raised.value) == said


def test_too_many_ways_to_combine_discounts_are_named() -> None:
    names = [f"r{index}" for index in range(14)]
    discounts = [
        rule(name, "concession", {"categories": ["child"], "off_bp": 100 + index}, exclusive=[name])
        for index, name in enumerate(names)
    ]
    prices = price_list(base(), *discounts, exclusive=[{"id": name, "resolve": "cheapest"} for name in names])
    with pytest.raises(PriceError, match="more than 1000 ways to combine the discounts of one ticket"):
        ask(prices, party("child"))


def test_a_price_list_of_another_currency_is_refused_for_a_catalogue() -> None:
    japan = catalog_from_document(catalog_document("JPY"))
    with pytest.raises(PriceError, match="p1: is in CNY, not JPY"):
        quote(ENTRY, japan, request(party("adult")))
    assert quote(ENTRY, CATALOG, request(party("adult"))).total.minor == 10_000
