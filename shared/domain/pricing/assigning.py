"""Whether the combination tickets of a choice can be given to whole visitors, none of whom gets a product twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shared.domain.pricing.kinds import KindOfVisitor
from shared.domain.pricing.offering import Taken

_Products = frozenset[str]


def can_be_assigned(taken: Iterable[Taken], kinds: Sequence[KindOfVisitor]) -> bool:
    """The search counts tickets by product, not by visitor; with three or more combinations that is not the same."""
    combinations: dict[int, list[_Products]] = defaultdict(list)
    for offer in taken:
        if offer.sold_as is not None:
            combinations[offer.seats[0][0]].append(frozenset(product for _, product in offer.seats))
    return all(_fits(wanted, kinds[kind].count) for kind, wanted in combinations.items())


def _fits(combinations: Sequence[_Products], visitors: int) -> bool:
    if len(set(combinations)) < 3:  # two sets are given to different visitors, or do not touch
        return True
    return _assign(sorted(combinations, key=len, reverse=True), [frozenset()] * visitors)


def _assign(combinations: Sequence[_Products], held: list[_Products]) -> bool:
    if not combinations:
        return True
    first, rest = combinations[0], combinations[1:]
    tried: set[_Products] = set()
    for visitor, products in enumerate(held):
        if products not in tried and not products & first:
            tried.add(products)
            if _assign(rest, [*held[:visitor], products | first, *held[visitor + 1 :]]):
                return True
    return False
