"""The best price by trying everything: slow, simple, and written without a line of the engine.

It knows the strategies `fixed`, `concession`, `group_tiers`, `free_leader`, `family_pack`, `combination`,
`buy_n_get_m`, `second_at_discount` and `coupon_amount`, and exclusive groups that resolve to the cheapest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from tests.domain.pricing.examples import PARTS

Unit = tuple[int, str]  # (visitor, product)
STAGES = {"concession": 1, "group_tiers": 2, "free_leader": 2}


class BruteForce:
    """All visitors told apart, all subsets of discounts, all ways to cover the tickets with offers."""

    def __init__(self, rules: Sequence[dict[str, Any]], party: Sequence[str], wants: Sequence[str]) -> None:
        self.rules, self.party, self.wants = rules, party, wants
        self.units = frozenset((visitor, product) for visitor in range(len(party)) for product in wants)

    def cheapest(self, coupons: Sequence[str] = ()) -> int:
        """The least that the party can pay."""
        shown = [r for r in self.rules if r["strategy"] == "coupon_amount" and r["with"]["code"] in coupons]
        return min(self._with_coupons(used) for size in range(len(shown) + 1) for used in combinations(shown, size))

    def _with_coupons(self, used: Sequence[dict[str, Any]]) -> int:
        groups = [group for coupon in used for group in coupon.get("exclusive", ())]
        if len(groups) != len(set(groups)):
            return 10**9
        amount = self._cover(self.units, frozenset(groups))
        for coupon in used:
            amount -= min(amount, coupon["with"]["off"])
        return amount

    def _cover(self, units: frozenset[Unit], excluded: frozenset[str]) -> int:
        quotas = tuple(
            (r["id"], len(self.party) // r["with"]["per"]) for r in self.rules if r["strategy"] == "free_leader"
        )

        @cache
        def cost(left: frozenset[Unit], quota: tuple[tuple[str, int], ...]) -> int:
            if not left:
                return 0
            first = min(left)
            found = [
                price + cost(left - {first}, without(quota, uses))
                for price, uses in self._prices(first, excluded, dict(quota))
            ]
            for covered, price in self._offers(first, left, excluded):
                found.append(price + cost(left - covered, quota))
            return min(found)

        return cost(units, quotas)

    def _prices(self, unit: Unit, excluded: frozenset[str], quota: dict[str, int]) -> Iterator[tuple[int, set[str]]]:
        visitor, product = unit
        base = next(r for r in self.rules if r["strategy"] == "fixed" and product in r["when"]["products"])
        discounts = sorted((r for r in self.rules if r["strategy"] in STAGES), key=lambda r: STAGES[r["strategy"]])
        holding = [r for r in discounts if self._holds(r, unit)]
        for size in range(len(holding) + 1):
            for taken in combinations(holding, size):
                groups = [group for r in taken for group in r.get("exclusive", ())]
                limited = {r["id"] for r in taken if r["strategy"] == "free_leader"}
                free = all(quota.get(rule_id, 0) > 0 for rule_id in limited)
                if free and len(groups) == len(set(groups)) and not excluded & set(groups):
                    price = base["with"]["prices"][self.party[visitor]]
                    for r in taken:
                        price = self._lowered(r, price)
                    yield price, limited

    def _single(self, unit: Unit, excluded: frozenset[str]) -> int:
        return min(price for price, uses in self._prices(unit, excluded, {}) if not uses)

    def _holds(self, r: dict[str, Any], unit: Unit) -> bool:
        products = r.get("when", {}).get("products")
        if products and unit[1] not in products:
            return False
        if r["strategy"] == "concession":
            return bool(self.party[unit[0]] in r["with"]["categories"])
        if r["strategy"] == "group_tiers":
            return bool(len(self.party) >= min(step["visitors"] for step in r["with"]["steps"]))
        return bool(self.party[unit[0]] in r["with"]["free"])

    def _lowered(self, r: dict[str, Any], price: int) -> int:
        if r["strategy"] == "free_leader":
            return 0
        if r["strategy"] == "group_tiers":
            reached = [step for step in r["with"]["steps"] if step["visitors"] <= len(self.party)]
            return half_up(price, 10_000 - max(reached, key=lambda step: step["visitors"])["off_bp"])
        return half_up(price, 10_000 - r["with"]["off_bp"])

    def _offers(
        self, first: Unit, left: frozenset[Unit], excluded: frozenset[str]
    ) -> Iterator[tuple[frozenset[Unit], int]]:
        for r in self.rules:
            groups = frozenset(r.get("exclusive", ()))
            if not groups & excluded:
                for covered, price in self._of(r, left, excluded | groups):
                    if first in covered:
                        yield covered, price

    def _of(
        self, r: dict[str, Any], left: frozenset[Unit], excluded: frozenset[str]
    ) -> Iterator[tuple[frozenset[Unit], int]]:
        given = r["with"]
        match r["strategy"]:
            case "combination":
                for visitor in range(len(self.party)):
                    covered = frozenset((visitor, part) for part in PARTS[given["product"]])
                    if covered <= left:
                        yield covered, given["prices"][self.party[visitor]]
            case "family_pack":
                for people in self._families(given["members"]):
                    covered = frozenset((visitor, product) for visitor in people for product in given["products"])
                    if covered <= left:
                        yield covered, given["price"]
            case "buy_n_get_m" | "second_at_discount":
                for product in given["products"]:
                    mine = sorted(unit for unit in left if unit[1] == product)
                    for group in combinations(mine, given.get("buy", 1) + given.get("free", 1)):
                        prices = sorted((self._single(unit, excluded) for unit in group), reverse=True)
                        yield frozenset(group), self._together(given, prices)

    def _together(self, given: dict[str, Any], prices: list[int]) -> int:
        if "buy" in given:
            return sum(prices[: given["buy"]])
        return prices[0] + half_up(prices[1], 10_000 - given["off_bp"])

    def _families(self, members: dict[str, int]) -> Iterator[tuple[int, ...]]:
        for people in combinations(range(len(self.party)), sum(members.values())):
            present = [self.party[visitor] for visitor in people]
            if all(present.count(category) == count for category, count in members.items()):
                yield people


def half_up(amount: int, bp: int) -> int:
    """`bp` basis points, a half upwards."""
    whole, rest = divmod(amount * bp, 10_000)
    return whole + (rest >= 5_000)


def without(quota: tuple[tuple[str, int], ...], uses: set[str]) -> tuple[tuple[str, int], ...]:
    """The quotas after one use of each of `uses`."""
    return tuple((rule_id, left - (rule_id in uses)) for rule_id, left in quota)
