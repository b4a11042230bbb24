"""What a strategy is: a rule's way of working, made of its parameters. Each lives in a file of `strategies/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from shared.domain.catalog import Catalog
from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.quote import Circumstances, PartyMember, QuoteRequest

if TYPE_CHECKING:
    from shared.domain.pricing.coupon_terms import CouponTerms
    from shared.domain.pricing.rules import Rule


class PriceError(ValueError):
    """There is no honest price for the request; `subject` names what is in the way."""

    def __init__(self, subject: str, problem: str) -> None:
        self.subject = subject
        super().__init__(f"{subject}: {problem}")


@dataclass(frozen=True)
class Situation:
    """What a rule may look at beside the ticket itself: the request in the site's own time, and its circumstances."""

    request: QuoteRequest
    catalog: Catalog

    @property
    def visit(self) -> date:
        return self.request.visit

    @cached_property
    def wants(self) -> tuple[str, ...]:
        """The products wanted, each once; a combination stands for its parts."""
        parts = (part for wanted in self.request.wants for part in self.catalog.product(wanted).parts)
        return tuple(dict.fromkeys(parts))

    @property
    def circumstances(self) -> Circumstances:
        return self.request.circumstances

    @cached_property
    def slot_start(self) -> datetime | None:
        """The start of the slot in the site's own time."""
        slot = self.request.slot
        return None if slot is None else slot.start.astimezone(self.catalog.zone)

    @cached_property
    def asked_at(self) -> datetime:
        """When the price was asked for, in the site's own time."""
        return self.request.asked_at.astimezone(self.catalog.zone)

    @cached_property
    def days_ahead(self) -> int:
        return (self.visit - self.asked_at.date()).days

    def size(self, categories: Sequence[str]) -> int:
        """How many of the party belong to `categories` (all, when it is empty)."""
        return sum(1 for member in self.request.party if not categories or member.category_id in categories)

    @cached_property
    def used(self) -> Mapping[str, int]:
        """How often a limited rule was used before, by rule id."""
        return dict(self.circumstances.used)

    def quota_of(self, rule: Rule) -> int:
        """How many tickets of the sale a limited rule may lower; reckoned once for the sale."""
        if rule.rank not in self._quotas and isinstance(rule.strategy, LimitedStrategy):
            self._quotas[rule.rank] = rule.strategy.quota(rule.rule_id, self)
        return self._quotas[rule.rank]

    @cached_property
    def _quotas(self) -> dict[int, int]:
        return {}

    @cached_property
    def spent(self) -> Mapping[str, int]:
        """How much of a rule's budget is spent, minor units, by rule id."""
        return dict(self.circumstances.spent)


@dataclass(frozen=True, slots=True)
class Unit:
    """What one ticket is: one visitor with one product."""

    member: PartyMember
    product_id: str


@runtime_checkable
class TicketStrategy(Protocol):
    """Changes the price of one ticket, for itself."""

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """What happens to this ticket; None when the rule does not concern it."""
        ...


@runtime_checkable
class LimitedStrategy(TicketStrategy, Protocol):
    """Changes the price of single tickets, but only so many of them in a sale."""

    def quota(self, rule_id: str, situation: Situation) -> int:
        """How many tickets of the sale it may lower."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """Visitors of the party whom the rules cannot tell apart: how many, and what each product costs one of them."""

    index: int
    category_id: str
    count: int
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """Tickets sold together: `units` are (kind, product), `amounts` what each costs now (minor units).

    `sold_as` is the combination product whose one ticket stands for them; None when each stays its own ticket.
    """

    units: tuple[tuple[int, str], ...]
    amounts: tuple[int, ...]
    sold_as: str | None = None


@runtime_checkable
class PartyStrategy(Protocol):
    """Sells several tickets of a party together."""

    @property
    def products(self) -> tuple[str, ...]:
        """The products it is about; it is looked for only when one of them is wanted."""
        ...

    def offers(self, kinds: Sequence[Kind], situation: Situation) -> Iterator[Offer]:
        """Every way to take the offer once."""
        ...


@runtime_checkable
class CouponStrategy(Protocol):
    """Counts only when its code was shown."""

    @property
    def terms(self) -> CouponTerms: ...


@runtime_checkable
class SaleStrategy(CouponStrategy, Protocol):
    """Takes an amount off the whole sale (a coupon)."""

    def reduction(self, rule_id: str, subtotal: int, situation: Situation) -> int:
        """How much, in minor units. The price after it never falls when `subtotal` rises."""
        ...


@runtime_checkable
class GuardStrategy(Protocol):
    """Keeps the price of a ticket within bounds."""

    def bounds(self, unit: Unit) -> tuple[int | None, int | None]:
        """Floor and ceiling in minor units; None where there is none."""
        ...


@runtime_checkable
class RoundingStrategy(Protocol):
    """Brings prices to a multiple of a step."""

    @property
    def scope(self) -> str: ...  # `line`, `sum` or `cash`

    @property
    def step(self) -> int: ...  # minor units

    def rounded(self, amount: int) -> int:
        """The multiple of the step for `amount`; never falls when `amount` rises."""
        ...


Strategy = TicketStrategy | PartyStrategy | SaleStrategy | GuardStrategy | RoundingStrategy


@dataclass(frozen=True)
class Registration:
    """A strategy by name: the stages it may stand in (the first is its usual one) and how its parameters are read."""

    name: str
    stages: tuple[str, ...]
    read: Callable[[Parameters], Strategy]
