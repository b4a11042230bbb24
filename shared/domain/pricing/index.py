"""Finds the rules that may concern a ticket without looking at the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import product as combinations_of
from typing import TYPE_CHECKING, Generic, TypeVar

from shared.domain.pricing.spans import Spans
from shared.domain.pricing.strategy import (
    CouponStrategy,
    GuardStrategy,
    PartyStrategy,
    RoundingStrategy,
    TicketStrategy,
)

if TYPE_CHECKING:
    from shared.domain.pricing.rules import Rule

_Key = tuple[str | None, ...]
_S = TypeVar("_S", TicketStrategy, PartyStrategy, GuardStrategy)


class RuleIndex:
    """Rules by product, category and channel, and within these by the day of the visit.

    A look-up reads a few tables and a tree of day spans: it costs the rules found and the logarithm of the others.
    Each rule comes with its strategy, as the kind of strategy it is.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        tickets = [(r, r.strategy) for r in rules if isinstance(r.strategy, TicketStrategy)]
        guards = [(r, r.strategy) for r in rules if isinstance(r.strategy, GuardStrategy)]
        parties = [(r, r.strategy) for r in rules if isinstance(r.strategy, PartyStrategy)]
        self._tickets = _shelves(tickets, _ticket_keys)
        self._guards = _shelves(guards, _ticket_keys)
        self._parties = _shelves(parties, _party_keys)
        self._roundings = [(r, r.strategy) for r in rules if isinstance(r.strategy, RoundingStrategy)]
        self._coupons: dict[str, list[tuple[Rule, CouponStrategy]]] = defaultdict(list)
        for rule in rules:
            if isinstance(rule.strategy, CouponStrategy):
                self._coupons[rule.strategy.terms.code].append((rule, rule.strategy))

    def for_ticket(
        self, product_id: str, category_id: str, channel: str, visit: date
    ) -> list[tuple[Rule, TicketStrategy]]:
        """The rules for the price of one ticket, in the order of the pipeline."""
        return _found(self._tickets, _keys(product_id, category_id, channel), visit)

    def guards(self, product_id: str, category_id: str, channel: str, visit: date) -> list[tuple[Rule, GuardStrategy]]:
        """The floors and ceilings of one ticket."""
        return _found(self._guards, _keys(product_id, category_id, channel), visit)

    def for_party(self, wants: Sequence[str], channel: str, visit: date) -> list[tuple[Rule, PartyStrategy]]:
        """The offers about any of the wanted products."""
        keys = {key for wanted in wants for key in _keys(wanted, None, channel)}
        return _found(self._parties, keys, visit)

    def coupons(self, code: str) -> Sequence[tuple[Rule, CouponStrategy]]:
        """The rules of a coupon, whenever and wherever they hold."""
        return self._coupons.get(code, ())

    def roundings(self, channel: str, visit: date) -> list[tuple[Rule, RoundingStrategy]]:
        """The roundings of a sale, in the order of the pipeline."""
        return [each for each in self._roundings if holds(each[0], channel, visit)]


def holds(rule: Rule, channel: str, visit: date) -> bool:
    """Whether the rule's conditions on channel and day hold."""
    when = rule.when
    in_span = (when.from_day is None or when.from_day <= visit) and (when.to_day is None or visit <= when.to_day)
    return in_span and visit.isoweekday() in when.weekdays and (not when.channels or channel in when.channels)


class _Shelf(Generic[_S]):
    """The rules under one key: those that hold on any day, and those of some days."""

    def __init__(self, rules: Sequence[tuple[Rule, _S]]) -> None:
        self._always: list[tuple[Rule, _S]] = []
        dated: list[tuple[date, date, tuple[Rule, _S]]] = []
        for rule, strategy in rules:
            first, last = rule.when.from_day, rule.when.to_day
            if first is None and last is None:
                self._always.append((rule, strategy))
            else:
                dated.append((first or date.min, last or date.max, (rule, strategy)))
        self._dated: Spans[tuple[Rule, _S]] | None = Spans(dated) if dated else None

    def on(self, visit: date) -> Iterator[tuple[Rule, _S]]:
        """Those whose days contain the day of the visit."""
        yield from self._always
        if self._dated is not None:
            yield from self._dated.at(visit)


def _shelves(rules: Iterable[tuple[Rule, _S]], keys_of: Callable[[Rule, _S], Iterator[_Key]]) -> dict[_Key, _Shelf[_S]]:
    groups: dict[_Key, list[tuple[Rule, _S]]] = defaultdict(list)
    for rule, strategy in rules:
        for key in keys_of(rule, strategy):
            groups[key].append((rule, strategy))
    return {key: _Shelf(group) for key, group in groups.items()}


def _ticket_keys(rule: Rule, strategy: object) -> Iterator[_Key]:
    when = rule.when
    return combinations_of(when.products or (None,), when.categories or (None,), when.channels or (None,))


def _party_keys(rule: Rule, strategy: PartyStrategy) -> Iterator[_Key]:
    return combinations_of(strategy.products, (None,), rule.when.channels or (None,))


def _keys(product_id: str, category_id: str | None, channel: str) -> Iterator[_Key]:
    categories = (None,) if category_id is None else (category_id, None)
    return combinations_of((product_id, None), categories, (channel, None))


def _found(shelves: dict[_Key, _Shelf[_S]], keys: Iterable[_Key], visit: date) -> list[tuple[Rule, _S]]:
    weekday = visit.isoweekday()
    found = {
        each[0].rank: each
        for key in keys
        if key in shelves
        for each in shelves[key].on(visit)
        if weekday in each[0].when.weekdays
    }
    return [found[rank] for rank in sorted(found)]
