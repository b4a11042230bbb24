"""Offers for several tickets together, guards and rounding. Base price: 100.00 for everyone unless said otherwise."""

from __future__ import annotations

import pytest

from shared.domain.pricing import PriceError
from tests.domain.pricing.examples import ask, base, cost, party, price_list, rule

BOTH = ("entry", "cablecar")


def test_family_pack_is_taken_where_it_is_cheaper() -> None:
    pack = rule("pack", "family_pack", {"members": {"adult": 2, "child": 1}, "products": ["entry"], "price": "230.00"})
    prices = price_list(base(child=5_000), pack)
    assert cost(prices, party("adult", "adult", "child")) == 23_000
    assert cost(prices, party("adult", "child", "child")) == 20_000  # no family
    assert cost(prices, party(*["adult"] * 5, *["child"] * 2)) == 46_000 + 10_000


def test_family_pack_with_one_to_three_children_takes_the_largest() -> None:
    members = {"adult": 2, "child": {"least": 1, "most": 3}}
    pack = rule("pack", "family_pack", {"members": members, "products": list(BOTH), "off_bp": 2_000})
    prices = price_list(base(), base("cablecar"), pack)
    assert cost(prices, party("adult", "adult", "child", "child"), BOTH) == 64_000
    assert cost(prices, party("adult", "adult", "child"), ("entry",)) == 30_000  # the pack is for both


def test_the_price_of_a_pack_is_split_over_its_tickets() -> None:
    pack = rule("pack", "family_pack", {"members": {"adult": 2, "child": 1}, "products": ["entry"], "price": "199.99"})
    lines = ask(price_list(base(child=5_000), pack), party("adult", "adult", "child")).lines
    assert [(line.category_id, line.unit.minor, line.quantity) for line in lines] == [
        ("adult", 8_000, 1),
        ("adult", 7_999, 1),
        ("child", 4_000, 1),
    ] or sum(line.amount.minor for line in lines) == 19_999


def test_combination_is_one_ticket_with_its_parts() -> None:
    combination = rule("duo", "combination", {"product": "duo", "prices": {"adult": "150.00", "child": "150.00"}})
    prices = price_list(base(child=4_000), base("cablecar", child=4_000), combination)
    found = ask(prices, party("adult", "child"), BOTH)
    assert [(line.product_id, line.category_id, line.amount.minor) for line in found.lines] == [
        ("entry", "child", 4_000),
        ("cablecar", "child", 4_000),
        ("duo", "adult", 15_000),
    ]


def test_who_wants_a_combination_wants_its_parts() -> None:
    combination = rule("duo", "combination", {"product": "duo", "prices": {"adult": "150.00"}})
    prices = price_list(base(child=4_000), base("cablecar", child=4_000), combination)
    assert ask(prices, party("adult"), ("duo",)).lines == ask(prices, party("adult"), BOTH).lines
    assert cost(prices, party("adult", "child"), ("duo", "entry")) == 15_000 + 8_000


def test_a_combination_may_be_cheaper_even_if_only_a_part_is_wanted() -> None:
    terms = {"product": "duo", "prices": {"adult": "90.00"}}
    prices = [price_list(base(), rule("duo", "combination", {**terms, "unasked": ask})) for ask in (False, True)]
    assert [cost(each, party("adult")) for each in prices] == [10_000, 9_000]


def test_three_overlapping_combinations_are_not_spread_over_half_visitors() -> None:
    """Two visitors, three sights: by product counts three pairs would fit, by visitor they do not."""
    terms = {"prices": {"adult": "120.00"}}
    pairs = [rule(name, "combination", {"product": name, **terms}) for name in ("duo", "view", "night")]
    prices = price_list(base(), base("cablecar"), base("show"), *pairs)
    found = ask(prices, party("adult", "adult"), ("entry", "cablecar", "show"))
    assert found.total.minor == 2 * 12_000 + 2 * 10_000
    assert found.bound is None


def test_buy_two_get_the_cheapest_free() -> None:
    offer = rule("offer", "buy_n_get_m", {"products": ["entry"], "buy": 2, "free": 1})
    prices = price_list(base(child=4_000), offer)
    assert cost(prices, party("adult", "adult", "adult")) == 20_000
    assert cost(prices, party("adult", "adult", "child")) == 20_000
    assert cost(prices, party("adult", "adult")) == 20_000
    assert cost(prices, party("adult", "adult", "adult", "child", "child", "child")) == 28_000  # alike with alike


def test_the_second_at_a_discount_is_the_cheaper_one() -> None:
    offer = rule("offer", "second_at_discount", {"products": ["entry"], "off_bp": 5_000})
    prices = price_list(base(child=4_000), offer)
    assert cost(prices, party("adult", "child")) == 12_000
    assert cost(prices, party("adult", "adult", "child")) == 19_000


def test_an_offer_does_not_come_on_top_of_what_it_excludes() -> None:
    half = rule("half", "concession", {"categories": ["child"], "off_bp": 5_000}, exclusive=["x"])
    offer = rule("offer", "second_at_discount", {"products": ["entry"], "off_bp": 3_000}, exclusive=["x"])
    groups = [{"id": "x", "resolve": "cheapest"}]
    assert cost(price_list(base(), half, offer, exclusive=groups), party("child", "child")) == 10_000
    assert (
        cost(price_list(base(), half, {**offer, "exclusive": []}, exclusive=groups), party("child", "child")) == 8_500
    )


def test_a_floor_holds_against_every_discount() -> None:
    rules = (
        base(),
        rule("free", "concession", {"categories": ["child"], "off_bp": 10_000}),
        rule("three", "buy_n_get_m", {"products": ["entry"], "buy": 2, "free": 1}),
        rule("coupon", "coupon_amount", {"code": "C", "off": "900.00", "budget": "9000.00"}),
        rule("floor", "floor_and_ceiling", {"floor": "10.00"}),
    )
    found = ask(price_list(*rules), party("child", "adult", "adult", "adult"), coupons=("C",))
    assert {line.unit.minor for line in found.lines} == {1_000}
    assert found.total.minor == 4_000


def test_a_ceiling_holds_against_every_surcharge() -> None:
    rules = (
        base(),
        rule("rain", "weather", {"weather": ["rain"], "up_bp": 9_000}),
        rule("ceiling", "floor_and_ceiling", {"ceiling": "120.00"}, when={"categories": ["adult"]}),
    )
    assert cost(price_list(*rules), party("adult", "child"), weather="rain") == 12_000 + 19_000


def test_a_floor_above_a_ceiling_is_named() -> None:
    low, high = ({"ceiling": "50.00"}, {"floor": "60.00"})
    prices = price_list(base(), rule("low", "floor_and_ceiling", low), rule("high", "floor_and_ceiling", high))
    with pytest.raises(PriceError, match=r"entry: floor 6000 \(high\) stands above ceiling 5000 \(low\)"):
        cost(prices, party("adult"))


@pytest.mark.parametrize(("mode", "expected"), [("half_up", 3_330), ("up", 3_340), ("down", 3_330)])
def test_lines_are_rounded_one_by_one(mode: str, expected: int) -> None:
    terms: dict[str, object] = {"scope": "line", "step": "0.10", "mode": mode}
    assert cost(price_list(base(adult=3_334), rule("r", "rounding", terms)), party("adult", "adult")) == 2 * expected


def test_the_rounding_of_a_sum_lies_on_the_dearest_ticket() -> None:
    prices = price_list(base(adult=3_334, child=1_001), rule("r", "rounding", {"scope": "sum", "step": "1.00"}))
    found = ask(prices, party("adult", "adult", "child"))
    assert found.total.minor == 7_700
    assert [(line.category_id, line.unit.minor) for line in found.lines] == [
        ("adult", 3_365),
        ("adult", 3_334),
        ("child", 1_001),
    ]


def test_cash_is_rounded_in_a_line_of_its_own() -> None:
    prices = price_list(base(adult=3_334), rule("r", "rounding", {"scope": "cash", "step": "0.10"}))
    assert cost(prices, party("adult")) == 3_334
    found = ask(prices, party("adult"), cash=True)
    assert found.total.minor == 3_330
    assert [(line.kind, line.amount.minor) for line in found.lines] == [("ticket", 3_334), ("rounding", -4)]


def test_a_coupon_keeps_to_the_rounding_of_lines() -> None:
    rules = (
        base(adult=3_334),
        rule("r", "rounding", {"scope": "line", "step": "0.10"}),
        rule("c", "coupon_percent", {"code": "C", "off_bp": 1_111, "budget": "100.00"}),
    )
    found = ask(price_list(*rules), party("adult", "adult", "adult"), coupons=("C",))
    assert all(line.unit.minor % 10 == 0 for line in found.lines)
    assert found.total.minor == 3 * 3_330 - 1_110
