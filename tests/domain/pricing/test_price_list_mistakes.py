"""A price list with mistakes is refused as a whole, every mistake named with its place; so is a request."""

from __future__ import annotations

from typing import Any

import pytest

from shared.domain.catalog import catalog_from_document
from shared.domain.pricing import PriceListErrors, price_list_from_document, quote
from tests.domain.pricing.examples import (
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


def test_a_combination_has_no_price_of_its_own() -> None:
    assert mistakes(base("duo"), base("entry")) == [
        "rules[0].when.products[0]: 'duo' is a combination: its parts have the prices"
    ]


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


def test_a_surcharge_excludes_by_order_only_and_has_no_quota() -> None:
    rain = rule("rain", "weather", {"weather": ["rain"], "up_bp": 1_000}, exclusive=["x"], order=1)
    said = (
        'rules[1]: may raise a price: it can have no quota, and exclude others only in a group with resolve = "order"'
    )
    assert mistakes(base(), rain, exclusive=[{"id": "x", "resolve": "cheapest"}]) == [said]
    assert price_list(base(), rain, exclusive=[{"id": "x"}]).rules
    steps = rule("full", "occupancy", {"steps": [{"full_bp": 1, "off": 1}, {"full_bp": 2, "up": 1}]}, not_with=["rain"])
    assert any(
        "rules[2]: may raise a price" in found for found in mistakes(base(), rain, steps, exclusive=[{"id": "x"}])
    )
    flash = {"start": "2026-01-01T00:00", "end": "2026-02-01T00:00", "tickets": 5, "up": 1}
    assert mistakes(base(), rule("flash", "flash_sale", flash)) == [said]


def test_a_condition_that_nobody_looks_at_is_a_mistake() -> None:
    when = {"products": ["entry"], "categories": ["adult"]}
    rules = [
        rule("pack", "second_at_discount", {"products": ["entry"], "off": 1}, when=when),
        rule("coupon", "coupon_amount", COUPON, when=when),
        rule("round", "rounding", {"scope": "sum", "step": 10}, when=when),
    ]
    assert mistakes(base(), *rules) == [
        "rules[1].when: `products` is no condition of this strategy",
        "rules[2].when: `categories` is no condition of this strategy",
        "rules[3].when: `products` is no condition of this strategy",
        "rules[3].when: `categories` is no condition of this strategy",
    ]


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
