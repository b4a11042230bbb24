"""A price list: rules in stages, with conditions, and with what may not come together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_

from shared.domain.document import ALL_WEEK
from shared.domain.money import Currency
from shared.domain.pricing.index import RuleIndex
from shared.domain.pricing.strategy import Strategy
from shared.domain.text import LocalText


@dataclass(frozen=True)
class Conditions:
    """When a rule is looked at; an empty tuple or None stands for all. Days are those of the visit, both included."""

    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ALL_WEEK
    from_day: date | None = None
    to_day: date | None = None

    def overlaps(self, other: Conditions) -> bool:
        """Whether some ticket could meet both."""
        return (
            _meet(self.products, other.products)
            and _meet(self.categories, other.categories)
            and _meet(self.channels, other.channels)
            and bool(set(self.weekdays) & set(other.weekdays))
            and (self.from_day is None or other.to_day is None or self.from_day <= other.to_day)
            and (other.from_day is None or self.to_day is None or other.from_day <= self.to_day)
        )


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. `rank` is its place in the pipeline.

    `tokens` has a bit for each exclusion where the cheapest wins, `ordered` for each where the lowest `order` does: two
    rules with a bit in common never work on the same ticket.
    """

    rule_id: str
    stage: str
    strategy: Strategy
    reason: LocalText
    when: Conditions
    order: int | None
    rank: int
    tokens: int = 0
    ordered: int = 0
    quota: int = 0  # a bit of its own for a rule that may lower only so many tickets


@dataclass(frozen=True, eq=False)
class PriceList:
    """All rules of one version, in the order of the pipeline. `document` is what it was read from."""

    version: str
    currency: Currency
    rules: tuple[Rule, ...]
    document: Mapping[str, object] = field(repr=False)
    quota_shift: int = 0  # a limited rule's quota is bit `quota_shift` + its rank

    @cached_property
    def quotas(self) -> int:
        """The quota bits of all limited rules."""
        return reduce(or_, (rule.quota for rule in self.rules), 0)

    def ranks_of(self, quotas: int) -> Iterator[int]:
        """The ranks of the limited rules whose quota bits are in `quotas`."""
        bits = quotas >> self.quota_shift
        while bits:
            yield (bits & -bits).bit_length() - 1
            bits &= bits - 1

    @cached_property
    def index(self) -> RuleIndex:
        """Finds the rules for a ticket without looking at the others."""
        return RuleIndex(self.rules)


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))
