"""A quote told again from its trace alone: what each ticket cost, step by step, to the minor unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from shared.domain.money import Money
from shared.domain.pricing.quote import Quote
from shared.domain.pricing.stages import STAGES


def replay(quote: Quote) -> Money:
    """The total, found by adding up the trace line by line.

    Raises ValueError naming the step or the line that does not agree with it.
    """
    amounts: dict[int, int] = defaultdict(int)
    for step in quote.trace:
        if sum(share.amount for share in step.shares) != step.amount.minor:
            raise ValueError(f"step {step.rule_id!r}: the shares do not sum to its amount")
        for share in step.shares:
            amounts[share.line] += share.amount
    for index, line in enumerate(quote.lines):
        if not amounts[index] == line.amount.minor == line.unit.minor * line.quantity:
            raise ValueError(f"line {index}: the trace gives {amounts[index]}, the line says {line.amount.minor}")
    total = Money(sum(amounts.values()), quote.total.currency)
    if total != quote.total or set(amounts) - set(range(len(quote.lines))):
        raise ValueError(f"the trace gives {total.minor}, the quote says {quote.total.minor}")
    return total


def parts_of_ticket(quote: Quote, line: int, stages: Sequence[str] = STAGES) -> Mapping[str, int]:
    """What each product on one ticket of a line cost (minor units) after the rules of these stages."""
    costs: dict[str, int] = defaultdict(int)
    for step in quote.trace:
        for share in step.shares:
            if share.line == line and step.stage in stages:
                costs[share.part] += share.amount
    quantity = quote.lines[line].quantity
    return {part: amount // quantity for part, amount in costs.items()}
