"""A price list with mistakes is refused as a whole, every mistake named with its place; so is a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.domain.capacity import SlotKey
from shared.domain.catalog import catalog_from_document
from shared.domain.pricing import PartyMember, PriceError, PriceListErrors, price_list_from_document, quote
from tests.domain.pricing.examples import (
    CATALOG,
    ask,
    base,
    catalog_document,
    document,
    party,
    price_list,
    request,
    rule,
)

HALF = {"categories": ["child"], "off_bp": 5_000}
COUPON = {"code": "C", "off": "5.00", "budget": "10.00"}


def mistakes(*rules: dict[str, Any], **more: Any) -> list[str]:
    """What is said of such a price list."""
    with pytest.raises(PriceListErrors) as raised:
        price_list(*rules, **more)
    return [str(mistake) for mistake in raised.value.mistakes]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            rule("r", "fixed", {"prices": {}}, when={"products": ["ski"]}),
            "rules[1].when.products[0]: there is no product 'ski'",
        ),
        (rule("r", "fixed", {"prices": {"dog": 1}}), "rules[1].with.prices.dog: there is no category 'dog'"),
        (rule("r", "pass_companion", {"of": ["gold"], "off": 1}), "rules[1].with.of[0]: there is no product 'gold'"),
        (
            rule("r", "combination", {"product": "entry", "off_bp": 1}),
            "rules[1].with.product: 'entry' is not a combination",
        ),
        (rule("r", "combination", {"product": "x", "off_bp": 1}), "rules[1].with.product: there is no product 'x'"),
        (rule("r", "combination", {"product": "duo"}), "rules[1].with: needs either `prices` or `off_bp`"),
        (rule("r", "conjure", {}), "rules[1].strategy: must be one of"),
        (rule("r", "concession", HALF, stage="base"), "rules[1].stage: must be one of person, is 'base'"),
        (rule("r", "concession", {**HALF, "of_bp": 1}), "rules[1].with.of_bp: is not a known key here"),
        (
            rule("r", "concession", {**HALF, "off": 1}),
            "rules[1].with: needs exactly one of price, off, off_bp, up, up_bp, has off, off_bp",
        ),
        (rule("r", "concession", {**HALF, "off_bp": 10_001}), "rules[1].with.off_bp: must be 0..10000, is 10001"),
        (
            rule("r", "concession", {**HALF, "off_bp": 0.5}),
            "rules[1].with.off_bp: must be a whole number, is a fraction",
        ),
        (rule("r", "concession", HALF, exclusive=["x"]), "rules[1].exclusive[0]: there is no exclusive group 'x'"),
        (rule("r", "concession", HALF, not_with=["x"]), "rules[1].not_with[0]: there is no rule 'x'"),
        (rule("entry-base", "concession", HALF), "rules[1].id: 'entry-base' is taken by another rule"),
        (
            rule("r", "coupon_amount", {"code": "C", "off": 5}),
            "rules[1].with.budget: is missing: coupon 'C' has no budget",
        ),
        (
            rule("r", "coupon_amount", {**COUPON, "off": "5.00 JPY"}),
            "rules[1].with.off: is in JPY, the price list in CNY",
        ),
        (rule("r", "coupon_amount", {**COUPON, "off": "5.0"}), "rules[1].with.off: CNY has 2 decimals: '5.0'"),
        (
            rule("r", "coupon_amount", {**COUPON, "off": "five"}),
            "rules[1].with.off: must be an amount as \"60.00 CNY\", is 'five'",
        ),
        (rule("r", "coupon_amount", {**COUPON, "off": -5}), "rules[1].with.off: must be at least 0, is -5"),
        (rule("r", "coupon_free_item", {"code": "C", "budget": 1, "value": 0}), "rules[1].with.value: must be what"),
        (
            rule("r", "season", {"first": "02-30", "last": "03-01", "off": 1}),
            "rules[1].with.first: must be a day of the year that exists, as 10-01, is '02-30'",
        ),
        (
            rule("r", "concession", HALF, when={"from": "2026-02-29"}),
            "rules[1].when.from: must be a date that exists, as 2026-10-01, is '2026-02-29'",
        ),
        (
            rule("r", "concession", HALF, when={"from": "2026-02-02", "to": "2026-02-01"}),
            "rules[1].when.to: is before `from`",
        ),
        (
            rule("r", "concession", HALF, when={"weekdays": [0]}),
            "rules[1].when.weekdays[0]: must be 1 (Monday) to 7, is 0",
        ),
        (
            rule("r", "time_of_day", {"first": "10:00", "until": "09:00", "off": 1}),
            "rules[1].with.until: must be after `first`",
        ),
        (
            rule("r", "flash_sale", {"start": "2026-11-11T20:00", "end": "2026-11-11T19:00", "tickets": 5, "off": 1}),
            "rules[1].with.end: must be after `start`",
        ),
        (
            rule("r", "flash_sale", {"start": "2026-11-11T20:00Z", "end": "2026-11-12T19:00", "tickets": 5, "off": 1}),
            "rules[1].with.start: is in the site's own time and has no zone",
        ),
        (
            rule("r", "days_ahead", {"steps": [{"days": 1, "off": 1}, {"days": 1, "off": 2}]}),
            "rules[1].with.steps: has two steps with the same `days`",
        ),
        (
            rule("r", "family_pack", {"members": {"adult": 40}, "products": ["entry"], "off": 1}),
            "rules[1].with.members: a pack has 2..12 visitors",
        ),
        (
            rule("r", "floor_and_ceiling", {"floor": 5, "ceiling": 4}),
            "rules[1].with.ceiling: is below the floor: 4 < 5",
        ),
        (rule("r", "floor_and_ceiling", {}), "rules[1].with: needs `floor` or `ceiling`"),
        (rule("r", "rounding", {"scope": "line", "step": 0}), "rules[1].with.step: must be at least one minor unit"),
        (
            rule("r", "public_holiday", {"off": 1, "holidays": ["2027-02-30"]}),
            "rules[1].with.holidays[0]: must be a date that exists",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_rule_is_named(wrong: dict[str, Any], said: str) -> None:
    assert [found[: len(said)] for found in mistakes(base(), wrong)] == [said]


def test_all_mistakes_come_at_once() -> None:
    first, second = rule("a", "concession", {"off_bp": "x"}), rule("b", "weather", {"off": 1, "weather": "rain"})
    assert len(mistakes(base(), first, second, colour="red")) == 4


def test_a_circle_of_stages_is_named() -> None:
    found = mistakes(base(), stages={"person": ["demand"], "demand": ["person"]})
    assert found[0].startswith("stages: the stages run in a circle: ")
    assert {"person", "demand"} <= set(found[0].replace(" -> ", " ").split())


def test_a_stage_cannot_leave_its_place_in_the_pipeline() -> None:
    assert "the stages run in a circle" in mistakes(base(), stages={"base": ["coupon"]})[0]
    assert "is not a stage" in mistakes(base(), stages={"magic": ["base"]})[0]


def test_base_prices_that_overlap_need_an_order() -> None:
    again = {**base(), "id": "again"}
    assert mistakes(base(), again) == [
        "rules[1].order: sets the base price of the same tickets as 'entry-base', and no `order` says which"
    ]
    apart = {**again, "when": {"products": ["entry"], "channels": ["web"]}, "order": 1}
    assert price_list({**base(), "order": 2}, apart).rules
    assert mistakes(base(), apart)


def test_base_prices_of_different_days_do_not_overlap() -> None:
    winter = {**base(), "id": "w", "when": {"products": ["entry"], "to": "2026-03-31"}}
    summer = {**base(), "id": "s", "when": {"products": ["entry"], "from": "2026-04-01"}}
    assert price_list(winter, summer).rules


def test_overlapping_exclusive_rules_need_an_order() -> None:
    rules = [rule(name, "concession", HALF, exclusive=["x"]) for name in ("a", "b")]
    said = "rules[2].order: excludes 'a', overlaps with it, and no `order` says which wins"
    assert mistakes(base(), *rules, exclusive=[{"id": "x"}]) == [said]
    assert price_list(base(), *rules, exclusive=[{"id": "x", "resolve": "cheapest"}]).rules


def test_an_offer_cannot_be_in_a_group_that_goes_by_order() -> None:
    offer = rule("o", "second_at_discount", {"products": ["entry"], "off": 1}, exclusive=["x"], order=1)
    assert "is an offer for several tickets" in mistakes(base(), offer, exclusive=[{"id": "x"}])[0]


def test_the_currency_must_be_the_catalogues() -> None:
    assert mistakes(base(), currency="JPY") == ["currency: is JPY, the catalogue's is CNY"]


def test_a_currency_without_minor_unit_has_no_decimals() -> None:
    japan = catalog_from_document(catalog_document("JPY"))
    prices = {"adult": "1200", "child": "600 JPY", "senior": 600, "student": 600}
    rules = (
        rule("b", "fixed", {"prices": prices}),
        rule("half", "concession", {"categories": ["adult"], "off_bp": 3_333}),
    )
    listed = price_list_from_document({**document(*rules), "currency": "JPY"}, japan)
    found = quote(listed, japan, request(party("adult", "child")))
    assert (found.total.minor, found.total.currency.exponent) == (800 + 600, 0)
    with pytest.raises(PriceListErrors, match="JPY has 0 decimals"):
        price_list_from_document(
            {**document(rule("b", "fixed", {"prices": {"adult": "1.50"}})), "currency": "JPY"}, japan
        )


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
