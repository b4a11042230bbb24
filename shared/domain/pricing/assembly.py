"""Priced tickets -> the lines and the trace of a quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from shared.domain.catalog import Catalog
from shared.domain.money import Money
from shared.domain.pricing.quote import QuoteLine, Share, TraceStep
from shared.domain.pricing.rules import PriceList
from shared.domain.pricing.tickets import Path


@dataclass(frozen=True, slots=True)
class PricedPart:
    """One product on a ticket: its price, what each rule did to it, and the guards it keeps to; in minor units."""

    product_id: str
    amount: int
    path: Path
    floor: int = 0
    ceiling: int | None = None

    def with_step(self, rank: int, delta: int) -> PricedPart:
        """The same after one more rule."""
        return replace(self, amount=self.amount + delta, path=(*self.path, (rank, delta))) if delta else self


@dataclass(frozen=True, slots=True)
class PricedTicket:
    """One ticket to be printed: for a visitor of a category, with one part, or several of a combination."""

    product_id: str
    category_id: str
    parts: tuple[PricedPart, ...]

    @property
    def amount(self) -> int:
        """What it costs, minor units."""
        return sum(part.amount for part in self.parts)


def in_order(tickets: Sequence[PricedTicket], catalog: Catalog) -> list[PricedTicket]:
    """The order of the catalogue, the dearer ticket first; the order of the party does not count."""
    products = {product.product_id: index for index, product in enumerate(catalog.products)}
    categories = {category.category_id: index for index, category in enumerate(catalog.categories)}
    return sorted(
        tickets,
        key=lambda ticket: (
            products[ticket.product_id],
            categories[ticket.category_id],
            -ticket.amount,
            [part.path for part in ticket.parts],
        ),
    )


def lines_and_trace(
    tickets: Sequence[PricedTicket], price_list: PriceList
) -> tuple[tuple[QuoteLine, ...], tuple[TraceStep, ...]]:
    """Equal tickets (in order) become one line; each rule becomes one step with its share in every line."""
    lines: list[QuoteLine] = []
    shares: dict[int, list[Share]] = defaultdict(list)
    for ticket, equal in groupby(tickets):
        quantity = len(list(equal))
        unit = Money(ticket.amount, price_list.currency)
        for part in ticket.parts:
            for rank, delta in part.path:
                shares[rank].append(Share(len(lines), part.product_id, delta * quantity))
        lines.append(QuoteLine(ticket.product_id, ticket.category_id, quantity, unit, unit * quantity))
    return tuple(lines), tuple(_step(rank, shares[rank], price_list) for rank in sorted(shares))


def with_cash_rounding(
    lines: Sequence[QuoteLine], rank: int, delta: int, price_list: PriceList
) -> tuple[tuple[QuoteLine, ...], TraceStep]:
    """A line of its own for the rounding of a cash sale, and its step."""
    amount = Money(delta, price_list.currency)
    line = QuoteLine("", "", 1, amount, amount, "rounding")
    return (*lines, line), _step(rank, [Share(len(lines), "", delta)], price_list)


def _step(rank: int, shares: Sequence[Share], price_list: PriceList) -> TraceStep:
    rule = price_list.rules[rank]
    amount = Money(sum(share.amount for share in shares), price_list.currency)
    return TraceStep(rule.rule_id, rule.stage, rule.reason, amount, tuple(shares))
