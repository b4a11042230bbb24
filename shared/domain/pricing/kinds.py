"""The party as the rules see it: visitors whom no rule tells apart are one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shared.domain.pricing.finishing import Finish, Priced, finish_for
from shared.domain.pricing.quote import PartyMember
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import Situation, Unit
from shared.domain.pricing.tickets import Applicable, Path, TicketRules, Way, applicable_rules, ways_to_price


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

    def finished(self, product_id: str, amount: int, path: Path) -> Priced:
        """A ticket after guard and rounding."""
        return self.finishes[product_id].applied(amount, path)


def kinds_of_visitor(price_list: PriceList, situation: Situation) -> tuple[KindOfVisitor, ...]:
    """The party by kinds, in an order that does not depend on the order of the party. Raises PriceError."""
    counter = _Pricing(price_list, situation)
    kinds: dict[tuple[str, tuple[tuple[Way, ...], ...]], KindOfVisitor] = {}
    for member, count in Counter(situation.request.party).items():
        kind = counter.kind(member, count)
        identity = kind.category_id, tuple(kind.ways[wanted] for wanted in situation.wants)
        earlier = kinds.get(identity)
        kinds[identity] = kind if earlier is None else replace(earlier, count=earlier.count + count)
    return tuple(kinds[identity] for identity in sorted(kinds))


def one_by_one(kinds: Sequence[KindOfVisitor]) -> tuple[KindOfVisitor, ...]:
    """The same visitors, each a kind of its own."""
    return tuple(replace(kind, count=1) for kind in kinds for _ in range(kind.count))


class _Pricing:
    """Prices the members of one party; rules are looked up once for each product and category."""

    def __init__(self, price_list: PriceList, situation: Situation) -> None:
        self._price_list, self._situation = price_list, situation
        self._rules: dict[tuple[str, str], TicketRules] = {}
        self._finishes: dict[tuple[str, str], Finish] = {}
        self._found: dict[Applicable, tuple[Way, ...]] = {}

    def kind(self, member: PartyMember, count: int) -> KindOfVisitor:
        """A kind of `count` visitors like `member`."""
        units = {wanted: Unit(member, wanted) for wanted in self._situation.wants}
        return KindOfVisitor(
            category_id=member.category_id,
            count=count,
            ways={wanted: self._ways(unit) for wanted, unit in units.items()},
            finishes={wanted: self._finishes[wanted, member.category_id] for wanted in units},
        )

    def _ways(self, unit: Unit) -> tuple[Way, ...]:
        key = unit.product_id, unit.member.category_id
        if key not in self._rules:
            request = self._situation.request
            self._rules[key] = self._price_list.index.for_ticket(*key, request.channel, request.visit)
            self._finishes[key] = finish_for(self._price_list, unit, self._situation)
        applicable = applicable_rules(self._rules[key], unit, self._situation)
        if applicable not in self._found:  # most visitors of a category are alike
            self._found[applicable] = ways_to_price(applicable, self._situation)
        return self._found[applicable]
