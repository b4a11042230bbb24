"""Coupons on the whole sale: which of those shown to use, what they take off, and from which tickets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from shared.domain.pricing.adjusting_sale import headroom, lowered
from shared.domain.pricing.assembly import PricedTicket
from shared.domain.pricing.choosing import Choice, choose
from shared.domain.pricing.index import holds
from shared.domain.pricing.kinds import KindOfVisitor
from shared.domain.pricing.offering import singles_of
from shared.domain.pricing.quote import CouponProblem, CouponRefusal
from shared.domain.pricing.rules import PriceList, Rule
from shared.domain.pricing.strategy import CouponStrategy, SaleStrategy, Situation

_Coupon = tuple[Rule, SaleStrategy]


@dataclass(frozen=True)
class Sale:
    """The tickets with all offers and coupons, their sum, what no choice is cheaper than, and the rules at work."""

    tickets: tuple[PricedTicket, ...]
    amount: int
    at_least: int
    excluded: frozenset[int] = frozenset()  # ranks of the coupons that would have counted, but for an exclusion


def best_sale(
    price_list: PriceList, situation: Situation, kinds: Sequence[KindOfVisitor], step: int
) -> tuple[Sale, tuple[CouponRefusal, ...]]:
    """The cheapest sale over every permitted use of the coupons that were shown, and why the others did not count.

    `step`: what a coupon takes off keeps to multiples of it (the rounding of a line).
    """
    singles = singles_of(price_list, kinds, 0)
    one_by_one = sum(priced.amount * kinds[kind].count for (kind, _), priced in singles.items())
    usable, problems = _shown(price_list, situation, one_by_one)
    sales = [_sale(price_list, situation, kinds, used, step) for used in _permitted(usable)]
    best = min(sales, key=lambda sale: sale.amount)  # the first of equals: the one with the fewest coupons
    best = replace(best, at_least=min(sale.at_least for sale in sales))
    return best, _refusals(price_list, situation, best, usable, problems)


def _shown(
    price_list: PriceList, situation: Situation, one_by_one: int
) -> tuple[list[_Coupon], dict[str, CouponProblem]]:
    usable: list[_Coupon] = []
    problems: dict[str, CouponProblem] = {}
    for code in situation.circumstances.coupons:
        found = price_list.index.coupons(code)
        if not found:
            problems[code] = "unknown"
        for rule, strategy in found:
            problem = _problem(rule, strategy, situation, one_by_one)
            if problem is not None:
                problems[code] = problem
            elif isinstance(strategy, SaleStrategy):
                usable.append((rule, strategy))
    return sorted(usable, key=lambda coupon: coupon[0].rank), problems


def _problem(rule: Rule, strategy: CouponStrategy, situation: Situation, one_by_one: int) -> CouponProblem | None:
    if not holds(rule, situation.request.channel, situation.visit):
        return "not_here"
    if rule.when.products and not set(rule.when.products) & set(situation.wants):
        return "not_here"
    return strategy.terms.problem(rule.rule_id, situation, one_by_one)


def _permitted(usable: Sequence[_Coupon]) -> Iterator[tuple[_Coupon, ...]]:
    """Every set of coupons that do not exclude one another; those that exclude nothing are always in it."""
    free = [coupon for coupon in usable if not coupon[0].tokens]
    choosy = [coupon for coupon in usable if coupon[0].tokens]
    for size in range(len(choosy) + 1):
        for chosen in combinations(choosy, size):
            tokens = sum(rule.tokens for rule, _ in chosen)
            if tokens.bit_count() == sum(rule.tokens.bit_count() for rule, _ in chosen):
                yield tuple(sorted((*free, *chosen), key=lambda coupon: coupon[0].rank))


def _sale(
    price_list: PriceList,
    situation: Situation,
    kinds: Sequence[KindOfVisitor],
    used: Sequence[_Coupon],
    step: int,
) -> Sale:
    excluded = 0
    for rule, _ in used:
        excluded |= rule.tokens
    choice = choose(price_list, situation, kinds, excluded)
    return _with_coupons(choice, used, situation, step)


def _with_coupons(choice: Choice, used: Sequence[_Coupon], situation: Situation, step: int) -> Sale:
    tickets, at_least = choice.tickets, choice.at_least
    for rule, strategy in used:
        amount = sum(ticket.amount for ticket in tickets)
        room = headroom(tickets, step)
        fixed = amount - room
        off = min(strategy.reduction(rule.rule_id, amount, situation), room) // step * step
        tickets = lowered(tickets, rule.rank, off, step)
        least_off = strategy.reduction(rule.rule_id, at_least, situation)
        at_least -= max(0, min(least_off, at_least - fixed)) // step * step
    return Sale(tickets, sum(ticket.amount for ticket in tickets), at_least)


def _refusals(
    price_list: PriceList,
    situation: Situation,
    sale: Sale,
    usable: Sequence[_Coupon],
    problems: dict[str, CouponProblem],
) -> tuple[CouponRefusal, ...]:
    at_work = {rank for ticket in sale.tickets for part in ticket.parts for rank, _ in part.path}
    choosy = {strategy.terms.code for rule, strategy in usable if rule.tokens}
    refusals: list[CouponRefusal] = []
    for code in dict.fromkeys(situation.circumstances.coupons):
        if not at_work & {rule.rank for rule, _ in price_list.index.coupons(code)}:
            refusals.append(CouponRefusal(code, problems.get(code, "excluded" if code in choosy else "no_use")))
    return tuple(refusals)
