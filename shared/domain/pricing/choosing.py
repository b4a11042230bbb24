"""Which tickets a party buys: single tickets and offers, chosen together so that the sum is the least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.domain.pricing.assembly import PricedPart, PricedTicket
from shared.domain.pricing.assigning import can_be_assigned
from shared.domain.pricing.finishing import Priced
from shared.domain.pricing.kinds import KindOfVisitor, one_by_one
from shared.domain.pricing.offering import Seat, Taken, offers_for, singles_of
from shared.domain.pricing.packing import Item, best_packing
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.strategy import Situation


@dataclass(frozen=True)
class Choice:
    """The tickets, their sum, and what no choice is cheaper than; in minor units, before coupons."""

    tickets: tuple[PricedTicket, ...]
    amount: int
    at_least: int


def choose(price_list: PriceList, situation: Situation, kinds: Sequence[KindOfVisitor], excluded: int = 0) -> Choice:
    """The cheapest choice that uses none of the `excluded` exclusions, within the limits of `packing`."""
    singles = singles_of(price_list, kinds, excluded)
    offers = offers_for(price_list, situation, kinds, singles, excluded)
    packing = best_packing(*_packing_problem(offers, singles, kinds, price_list, situation))
    taken = [offer for offer, times in zip(offers, packing.taken, strict=True) for _ in range(times)]
    if not can_be_assigned(taken, kinds):
        return choose(price_list, situation, one_by_one(kinds), excluded)
    separate = sum(priced.amount * kinds[kind].count for (kind, _), priced in singles.items())
    return Choice(_tickets(taken, singles, kinds), separate - packing.saving, separate - packing.at_most)


def _packing_problem(
    offers: Sequence[Taken],
    singles: Mapping[Seat, Priced],
    kinds: Sequence[KindOfVisitor],
    price_list: PriceList,
    situation: Situation,
) -> tuple[list[Item], list[int]]:
    """The offers as items, and how much there is of each resource: the tickets of each seat, then each quota."""
    places = {seat: index for index, seat in enumerate(singles)}
    capacity = [kinds[kind].count for kind, _ in singles]
    quotas: dict[int, int] = {}
    for rank in sorted({rank for offer in offers for rank in price_list.ranks_of(offer.quotas)}):
        quotas[rank] = len(capacity)
        capacity.append(situation.quota_of(price_list.rules[rank]))
    items = [_item(offer, places, [quotas[rank] for rank in price_list.ranks_of(offer.quotas)]) for offer in offers]
    return items, capacity


def _item(offer: Taken, places: Mapping[Seat, int], quotas: Sequence[int]) -> Item:
    uses = dict.fromkeys(quotas, 1)
    for seat in offer.seats:
        uses[places[seat]] = uses.get(places[seat], 0) + 1
    return Item(tuple(uses.items()), offer.saving, len(offer.seats), quotas[0] if quotas else None)


def _tickets(
    taken: Sequence[Taken], singles: Mapping[Seat, Priced], kinds: Sequence[KindOfVisitor]
) -> tuple[PricedTicket, ...]:
    tickets: list[PricedTicket] = []
    left = Counter({seat: kinds[seat[0]].count for seat in singles})
    for offer in taken:
        left.subtract(offer.seats)
        parts = [_part(seat, priced, kinds) for seat, priced in zip(offer.seats, offer.tickets, strict=True)]
        if offer.sold_as is None:
            tickets.extend(_ticket(seat, part, kinds) for seat, part in zip(offer.seats, parts, strict=True))
        else:
            tickets.append(PricedTicket(offer.sold_as, kinds[offer.seats[0][0]].category_id, tuple(parts)))
    for seat, count in left.items():
        tickets.extend([_ticket(seat, _part(seat, singles[seat], kinds), kinds)] * count)
    return tuple(tickets)


def _ticket(seat: Seat, part: PricedPart, kinds: Sequence[KindOfVisitor]) -> PricedTicket:
    return PricedTicket(seat[1], kinds[seat[0]].category_id, (part,))


def _part(seat: Seat, priced: Priced, kinds: Sequence[KindOfVisitor]) -> PricedPart:
    finish = kinds[seat[0]].finishes[seat[1]]
    return PricedPart(seat[1], priced.amount, priced.path, finish.floor, finish.ceiling)
