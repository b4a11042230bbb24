"""The engine's price is the least there is: compared with trying everything, over thousands of random parties."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.domain.pricing.brute_force import BruteForce
from tests.domain.pricing.examples import CATEGORIES, PARTS, ask, base, party, price_list, rule

PARTIES = 120  # for each of the seeds
SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_other_choice_is_cheaper(seed: int) -> None:
    random = Random(seed)
    for _ in range(PARTIES):
        rules = random_rules(random)
        wants = random.sample(["entry", "cablecar", "show"], random.choice((1, 2, 2, 3)))
        visitors = [random.choice(CATEGORIES) for _ in range(random.randint(1, 5 if len(wants) < 3 else 3))]
        coupons = ["A", "B"] if random.random() < 0.3 else []
        groups = [{"id": "x", "resolve": "cheapest"}, {"id": "y", "resolve": "cheapest"}]
        found = ask(price_list(*rules, exclusive=groups), party(*visitors), wants, coupons=tuple(coupons))
        assert found.bound is None
        assert found.total.minor == BruteForce(rules, visitors, wants).cheapest(coupons), (rules, visitors, wants)


def random_rules(random: Random) -> list[dict[str, Any]]:
    """Base prices and some of the discounts and offers, each with random terms and exclusions."""
    prices = {
        product: {category: random.randrange(1_000, 9_999) for category in CATEGORIES}
        for product in ("entry", "cablecar", "show")
    }
    rules = [base(product, **of) for product, of in prices.items()]
    candidates = [
        rule("half", "concession", {"categories": ["child", "student"], "off_bp": random.randrange(1_000, 6_000)}),
        rule("senior", "concession", {"categories": ["senior"], "off_bp": 3_333}, when={"products": ["entry"]}),
        rule("group", "group_tiers", {"steps": [{"visitors": 2, "off_bp": 1_000}, {"visitors": 4, "off_bp": 2_500}]}),
        rule("leader", "free_leader", {"per": 3, "free": ["adult", "student"]}, when={"products": ["entry"]}),
        rule("second", "second_at_discount", {"products": ["entry", "show"], "off_bp": 5_000}),
        rule("three-for-two", "buy_n_get_m", {"products": ["cablecar"], "buy": 2, "free": 1}),
        rule("family", "family_pack", _family(random, prices, ["entry"])),
        rule("family-both", "family_pack", _family(random, prices, ["entry", "cablecar"])),
        *(_combination(random, name, prices) for name in PARTS),
        rule("a", "coupon_amount", {"code": "A", "off": random.randrange(100, 3_000), "budget": 10**6}),
        rule("b", "coupon_amount", {"code": "B", "off": random.randrange(100, 3_000), "budget": 10**6}),
    ]
    for each in random.sample(candidates, random.randint(2, len(candidates))):
        exclusive = [group for group in ("x", "y") if random.random() < 0.25]
        rules.append({**each, "exclusive": exclusive})
    return rules


def _family(random: Random, prices: dict[str, dict[str, int]], products: list[str]) -> dict[str, object]:
    members = random.choice(({"adult": 2, "child": 1}, {"adult": 1, "child": 1}, {"adult": 1, "senior": 1, "child": 1}))
    apart = sum(prices[product][category] * n for product in products for category, n in members.items())
    return {"products": products, "members": members, "price": apart * random.randrange(50, 95) // 100}


def _combination(random: Random, name: str, prices: dict[str, dict[str, int]]) -> dict[str, Any]:
    apart = {category: sum(prices[part][category] for part in PARTS[name]) for category in CATEGORIES}
    terms = {category: amount * random.randrange(60, 99) // 100 for category, amount in apart.items()}
    return rule(f"combination-{name}", "combination", {"product": name, "prices": terms})
