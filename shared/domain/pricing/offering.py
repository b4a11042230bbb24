"""What a party may take: each ticket for itself, under a limited rule, or together with others in an offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from shared.domain.pricing.finishing import Priced
from shared.domain.pricing.kinds import KindOfVisitor
from shared.domain.pricing.rules import PriceList, Rule
from shared.domain.pricing.strategy import Kind, PartyStrategy, Situation
from shared.domain.pricing.tickets import Way

Seat = tuple[int, str]  # (kind of visitor, product): one ticket to be priced

_amount = attrgetter("amount")


@dataclass(frozen=True, slots=True)
class Taken:
    """An offer as the search may take it: the seats it covers, the ticket of each, and the quotas that it uses.

    `saving` is against the same tickets for themselves. `sold_as` is the combination that replaces them, if any.
    """

    seats: tuple[Seat, ...]
    tickets: tuple[Priced, ...]
    saving: int
    quotas: int = 0
    sold_as: str | None = None


def singles_of(price_list: PriceList, kinds: Sequence[KindOfVisitor], excluded: int) -> dict[Seat, Priced]:
    """The cheapest ticket of each seat for itself, without limited rules, guarded and rounded."""
    none_of = excluded | price_list.quotas
    found: dict[Seat, Priced] = {}
    for index, kind in enumerate(kinds):
        for wanted in kind.ways:
            way = kind.cheapest(wanted, none_of)
            found[index, wanted] = kind.finished(wanted, way.amount, way.path)
    return found


def offers_for(
    price_list: PriceList,
    situation: Situation,
    kinds: Sequence[KindOfVisitor],
    singles: Mapping[Seat, Priced],
    excluded: int,
) -> list[Taken]:
    """Every offer that saves something; of those that cover the same seats, the one that saves most."""
    best: dict[object, Taken] = {}
    for taken in (
        *_limited(price_list, kinds, singles, excluded),
        *_together(price_list, situation, kinds, singles, excluded),
    ):
        covers = (*sorted(taken.seats), taken.quotas)
        if taken.saving > 0 and (covers not in best or best[covers].saving < taken.saving):
            best[covers] = taken
    return list(best.values())


def _limited(
    price_list: PriceList, kinds: Sequence[KindOfVisitor], singles: Mapping[Seat, Priced], excluded: int
) -> Iterator[Taken]:
    for index, kind in enumerate(kinds):
        for wanted, ways in kind.ways.items():
            for way in ways:
                if way.mask & price_list.quotas and not way.mask & excluded:
                    priced = kind.finished(wanted, way.amount, way.path)
                    saving = singles[index, wanted].amount - priced.amount
                    yield Taken(((index, wanted),), (priced,), saving, way.mask & price_list.quotas)


def _together(
    price_list: PriceList,
    situation: Situation,
    kinds: Sequence[KindOfVisitor],
    singles: Mapping[Seat, Priced],
    excluded: int,
) -> Iterator[Taken]:
    request = situation.request
    for rule, strategy in price_list.index.for_party(situation.wants, request.channel, request.visit):
        if not rule.tokens & excluded:
            yield from _of_rule(rule, strategy, situation, kinds, singles, excluded | rule.tokens | price_list.quotas)


def _of_rule(
    rule: Rule,
    strategy: PartyStrategy,
    situation: Situation,
    kinds: Sequence[KindOfVisitor],
    singles: Mapping[Seat, Priced],
    none_of: int,
) -> Iterator[Taken]:
    before: dict[Seat, Way] = {}
    seen: list[Kind] = []
    for index, kind in enumerate(kinds):
        if not rule.when.categories or kind.category_id in rule.when.categories:
            ways = {wanted: kind.cheapest(wanted, none_of) for wanted in strategy.products if wanted in kind.ways}
            before.update({(index, wanted): way for wanted, way in ways.items()})
            costs = {wanted: way.amount for wanted, way in ways.items()}
            seen.append(Kind(index, kind.category_id, kind.count, costs))
    priced: dict[tuple[Seat, int], Priced] = {}
    for offer in strategy.offers(seen, situation):
        tickets: list[Priced] = []
        for ticket in zip(offer.units, offer.amounts, strict=True):
            if ticket not in priced:
                priced[ticket] = _ticket(rule, ticket[1], before[ticket[0]], kinds, ticket[0])
            tickets.append(priced[ticket])
        saving = sum(map(_amount, map(singles.__getitem__, offer.units))) - sum(map(_amount, tickets))
        yield Taken(offer.units, tuple(tickets), saving, 0, offer.sold_as)


def _ticket(rule: Rule, amount: int, before: Way, kinds: Sequence[KindOfVisitor], seat: Seat) -> Priced:
    """One ticket of an offer, which the rule brings from its price before to `amount`."""
    delta = amount - before.amount
    path = (*before.path, (rule.rank, delta)) if delta else before.path
    return kinds[seat[0]].finished(seat[1], amount, path)
