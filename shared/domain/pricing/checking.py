"""What must hold between the rules of a price list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from shared.domain.document import Mistake, Place
from shared.domain.pricing.adjustment import Add, Adjustment, AtMost, Percent, SetTo, may_raise
from shared.domain.pricing.rules import Rule
from shared.domain.pricing.steps import Steps
from shared.domain.pricing.strategy import Strategy, TicketStrategy


def check_rules(rules: Sequence[Rule], places: Mapping[str, Place]) -> Iterator[Mistake]:
    """Overlaps where one rule must win and nothing says which."""
    for rule in rules:
        if (rule.tokens or rule.quota) and _may_raise(rule.strategy):
            message = (
                'may raise a price: it can have no quota, and exclude others only in a group with resolve = "order"'
            )
            yield Mistake(places[rule.rule_id], message)
    base = [rule for rule in rules if rule.stage == "base"]
    for first, second in _undecided(base):
        message = f"sets the base price of the same tickets as {first.rule_id!r}, and no `order` says which"
        yield Mistake((*places[second.rule_id], "order"), message)
    for group in _ordered_groups(rules):
        yield from _undecided_group(group, places)


def _may_raise(strategy: Strategy) -> bool:
    return any(
        may_raise(adjustment)
        for field in fields(strategy)  # type: ignore[arg-type]
        for adjustment in _adjustments(getattr(strategy, field.name))
    )


def _adjustments(value: object) -> Sequence[Adjustment]:
    match value:
        case SetTo() | AtMost() | Add() | Percent():
            return (value,)
        case Steps():
            return [adjustment for _, adjustment in value.steps]
        case _:
            return ()


def _undecided_group(group: Sequence[Rule], places: Mapping[str, Place]) -> Iterator[Mistake]:
    for rule in group:
        if not isinstance(rule.strategy, TicketStrategy):
            message = 'is an offer for several tickets: its exclusive group must have resolve = "cheapest"'
            yield Mistake((*places[rule.rule_id], "exclusive"), message)
    for first, second in _undecided(group):
        message = f"excludes {first.rule_id!r}, overlaps with it, and no `order` says which wins"
        yield Mistake((*places[second.rule_id], "order"), message)


def _ordered_groups(rules: Iterable[Rule]) -> Iterator[Sequence[Rule]]:
    groups: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        for bit in range(rule.ordered.bit_length()):
            if rule.ordered >> bit & 1:
                groups[bit].append(rule)
    return iter(groups.values())


def _undecided(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Pairs that may concern one ticket and have no different orders. Only rules of one order are compared."""
    by_order: dict[int | None, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_order[rule.order].append(rule)
    unordered = by_order[None]
    for order, group in by_order.items():
        others = [rule for rule in unordered if order is not None]
        for index, first in enumerate(group):
            for second in (*group[index + 1 :], *others):
                if first.when.overlaps(second.when):
                    yield first, second
