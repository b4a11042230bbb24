"""The price of one ticket for itself: its rules in the order of the pipeline, every permitted choice among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.domain.pricing.adjustment import Adjustment, adjusted
from shared.domain.pricing.rules import Rule
from shared.domain.pricing.strategy import PriceError, Situation, TicketStrategy, Unit

WAYS_LIMIT = 1000  # ways to combine the discounts of one ticket

Path = tuple[tuple[int, int], ...]  # (rank of a rule, what it added in minor units), in order


TicketRules = Sequence[tuple[Rule, TicketStrategy]]
Applicable = tuple[tuple[Rule, Adjustment], ...]  # what each rule does to a ticket, the base price first


class Way(NamedTuple):
    """A permitted choice of rules: the exclusions and quotas that it uses up, its price and its steps."""

    mask: int
    amount: int
    path: Path


def applicable_rules(rules: TicketRules, unit: Unit, situation: Situation) -> Applicable:
    """Those of `rules` (in the order of the pipeline) that do something to the ticket, and what.

    Of the rules for the base price only the first is kept, of an ordered exclusion only the winner. Raises PriceError
    when none sets a base price.
    """
    found = [
        (rule, adjustment) for rule, strategy in rules if (adjustment := strategy.adjust(unit, situation)) is not None
    ]
    if not found or found[0][0].stage != "base":
        raise PriceError(unit.product_id, f"no base price for {unit.member.category_id!r} on {situation.visit}")
    later = [each for each in found if each[0].stage != "base"]
    return found[0], *(_winners(later) if any(rule.ordered for rule, _ in later) else later)


def ways_to_price(applicable: Applicable, situation: Situation) -> tuple[Way, ...]:
    """Every choice among the rules that is not worse than another in both price and what it uses up, cheapest first.

    Raises PriceError when there are too many.
    """
    (base, price), *later = applicable
    amount = adjusted(0, price)
    ways = [Way(0, amount, ((base.rank, amount),))]
    for rule, adjustment in later:
        ways = _after(ways, rule, adjustment, situation)
        if len(ways) > WAYS_LIMIT:
            raise PriceError(rule.rule_id, f"more than {WAYS_LIMIT} ways to combine the discounts of one ticket")
    return tuple(sorted(ways, key=lambda way: (way.amount, way.mask)))


def _winners(applicable: Sequence[tuple[Rule, Adjustment]]) -> list[tuple[Rule, Adjustment]]:
    """Without those that lose an ordered exclusion to a rule of lower `order`."""
    taken, kept = 0, []
    for rule, adjustment in sorted(applicable, key=lambda each: (each[0].order is None, each[0].order or 0)):
        if not rule.ordered & taken:
            taken |= rule.ordered
            kept.append((rule, adjustment))
    return sorted(kept, key=lambda each: each[0].rank)


def _after(ways: Sequence[Way], rule: Rule, adjustment: Adjustment, situation: Situation) -> list[Way]:
    uses = rule.tokens
    if rule.quota:
        quota = situation.quota_of(rule)
        if quota < 1:
            return list(ways)
        if quota < len(situation.request.party) * len(situation.wants):
            uses |= rule.quota
    found: list[Way] = []
    for way in ways:
        found.extend(_choices(way, rule, uses, adjusted(way.amount, adjustment)))
    return _not_worse(found) if len(found) > 1 else found


def _choices(way: Way, rule: Rule, uses: int, amount: int) -> Iterator[Way]:
    """A higher price must be taken; a lower one that uses nothing up always is; else there is a choice."""
    if amount == way.amount or way.mask & rule.tokens:
        yield way
        return
    if amount > way.amount:
        uses = 0  # no rule that may raise a price takes part in such an exclusion, or has a quota
    yield Way(way.mask | uses, amount, (*way.path, (rule.rank, amount - way.amount)))
    if uses:
        yield way


def _not_worse(ways: Sequence[Way]) -> list[Way]:
    kept: list[Way] = []
    for way in sorted(ways, key=lambda way: (way.amount, way.mask.bit_count(), way.mask)):
        if not any(better.mask & ~way.mask == 0 for better in kept):
            kept.append(way)
    return kept
