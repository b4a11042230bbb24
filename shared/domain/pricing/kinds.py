"""The party as the rules see it: visitors whom no rule tells apart are one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shared.domain.pricing.finishing import Finish, finish_for
from shared.domain.pricing.quote import PartyMember
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import Situation, Unit
from shared.domain.pricing.tickets import Path, Way, amount_of, ways_to_price


@dataclass(frozen=True)
class KindOfVisitor:
    """`count` visitors of a category with the same ways to price each wanted product, and the same last stages."""

    category_id: str
    count: int
    ways: Mapping[str, tuple[Way, ...]]
    finishes: Mapping[str, Finish]

    def cheapest(self, product_id: str, excluded: int) -> Way:
        """The cheapest way, before the last stages, that uses none of the `excluded` exclusions and quotas."""
        return next(way for way in self.ways[product_id] if not way.mask & excluded)

    def finished(self, product_id: str, path: Path) -> Path:
        """A ticket's path with guard and rounding."""
        return (*path, *self.finishes[product_id].steps(amount_of(path)))


def kinds_of_visitor(price_list: PriceList, situation: Situation) -> tuple[KindOfVisitor, ...]:
    """The party by kinds, in an order that does not depend on the order of the party. Raises PriceError."""
    kinds: dict[tuple[str, tuple[tuple[Way, ...], ...]], KindOfVisitor] = {}
    for member, count in Counter(situation.request.party).items():
        kind = _kind(price_list, situation, member, count)
        identity = kind.category_id, tuple(kind.ways[wanted] for wanted in situation.request.wants)
        earlier = kinds.get(identity)
        kinds[identity] = kind if earlier is None else replace(earlier, count=earlier.count + count)
    return tuple(kinds[identity] for identity in sorted(kinds))


def one_by_one(kinds: Sequence[KindOfVisitor]) -> tuple[KindOfVisitor, ...]:
    """The same visitors, each a kind of its own."""
    return tuple(replace(kind, count=1) for kind in kinds for _ in range(kind.count))


def _kind(price_list: PriceList, situation: Situation, member: PartyMember, count: int) -> KindOfVisitor:
    units = {wanted: Unit(member, wanted) for wanted in situation.request.wants}
    return KindOfVisitor(
        category_id=member.category_id,
        count=count,
        ways={wanted: ways_to_price(price_list, unit, situation) for wanted, unit in units.items()},
        finishes={wanted: finish_for(price_list, unit, situation) for wanted, unit in units.items()},
    )
