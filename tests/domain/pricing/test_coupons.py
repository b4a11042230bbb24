"""Coupons: what they take off, how often, within which budget, and why they do not count."""

from __future__ import annotations

from typing import Any

import pytest

from shared.domain.pricing import Quote
from tests.domain.pricing.examples import ask, base, party, price_list, rule

TWO = party("adult", "adult")  # 200.00


def with_coupon(strategy: str, with_: dict[str, object], **asked: Any) -> Quote:
    """The quote for two adults who show coupon C."""
    terms: dict[str, object] = {"code": "C", "budget": "1000.00", **with_}
    when = asked.pop("when", {})
    prices = price_list(base(), rule("coupon", strategy, terms, when=when))
    return ask(prices, TWO, **{"coupons": ("C",), **asked})


def refusal(found: Quote) -> list[str]:
    """The reasons why coupons did not count."""
    return [refused.reason for refused in found.refused_coupons]


def test_an_amount_off_is_spread_over_the_tickets() -> None:
    found = with_coupon("coupon_amount", {"off": "33.33"})
    assert [(line.unit.minor, line.quantity) for line in found.lines] == [(8_334, 1), (8_333, 1)]


def test_an_amount_off_for_each_visitor() -> None:
    assert with_coupon("coupon_amount", {"off": "30.00", "per_person": True}).total.minor == 14_000


def test_no_more_than_the_price_comes_off() -> None:
    assert with_coupon("coupon_amount", {"off": "500.00"}).total.minor == 0


def test_a_percentage_off_up_to_a_limit() -> None:
    assert with_coupon("coupon_percent", {"off_bp": 1_500}).total.minor == 17_000
    assert with_coupon("coupon_percent", {"off_bp": 1_500, "most": "10.00"}).total.minor == 19_000


def test_free_tickets_as_many_as_the_budget_covers() -> None:
    terms: dict[str, object] = {"tickets": 2, "value": "100.00"}
    assert with_coupon("coupon_free_item", terms).total.minor == 0
    assert with_coupon("coupon_free_item", terms, spent=(("coupon", 90_000),)).total.minor == 10_000
    assert with_coupon("coupon_free_item", {**terms, "tickets": 1, "per_person": True}).total.minor == 0


def test_what_is_left_of_the_budget_is_the_limit() -> None:
    found = with_coupon("coupon_amount", {"off": "50.00"}, spent=(("coupon", 98_000),))
    assert found.total.minor == 18_000


@pytest.mark.parametrize(
    ("terms", "asked", "reason"),
    [
        ({}, {"coupons": ("X",)}, "unknown"),
        ({}, {"spent": (("coupon", 100_000),)}, "budget_spent"),
        ({"once": True}, {"used": (("coupon", 1),)}, "used"),
        ({"least_spend": "200.01"}, {}, "below_minimum"),
        ({}, {"when": {"channels": ["web"]}}, "not_here"),
        ({}, {"when": {"products": ["show"]}}, "not_here"),
        ({"off": 0}, {}, "no_use"),
    ],
)
def test_a_coupon_that_does_not_count_says_why(terms: dict[str, object], asked: dict[str, Any], reason: str) -> None:
    found = with_coupon("coupon_amount", {"off": "50.00", **terms}, **asked)
    assert (found.total.minor, refusal(found)) == (20_000, [reason])


def test_a_used_up_free_item_says_why() -> None:
    found = with_coupon("coupon_free_item", {"value": 1, "once": True}, used=(("coupon", 1),))
    assert (found.total.minor, refusal(found)) == (20_000, ["used"])


def test_of_coupons_that_exclude_one_another_the_better_counts() -> None:
    first = rule("a", "coupon_amount", {"code": "A", "off": "20.00", "budget": "99.00"}, not_with=["b"])
    second = rule("b", "coupon_percent", {"code": "B", "off_bp": 2_000, "budget": "99.00"})
    found = ask(price_list(base(), first, second), TWO, coupons=("A", "B"))
    assert found.total.minor == 16_000
    assert [(refused.code, refused.reason) for refused in found.refused_coupons] == [("A", "excluded")]


def test_a_coupon_that_excludes_concessions_counts_only_where_it_is_worth_more() -> None:
    half = rule("half", "concession", {"categories": ["child"], "off_bp": 5_000}, exclusive=["x"])
    coupon = rule("c", "coupon_amount", {"code": "C", "off": "60.00", "budget": "990.00"}, exclusive=["x"])
    prices = price_list(base(), half, coupon, exclusive=[{"id": "x", "resolve": "cheapest"}])
    assert ask(prices, party("child"), coupons=("C",)).total.minor == 4_000
    both = ask(prices, party("child", "child"), coupons=("C",))
    assert (both.total.minor, refusal(both)) == (10_000, ["excluded"])


def test_coupons_that_exclude_nothing_add_up() -> None:
    amount = rule("a", "coupon_amount", {"code": "A", "off": "20.00", "budget": "99.00"})
    percent = rule("b", "coupon_percent", {"code": "B", "off_bp": 1_000, "budget": "99.00"})
    assert ask(price_list(base(), amount, percent), TWO, coupons=("B", "A")).total.minor == 16_200
