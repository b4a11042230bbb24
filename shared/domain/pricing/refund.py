"""What a partly used ticket is still worth, from the trace of the quote that it was sold by."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from shared.domain.catalog.refund_terms import RefundPolicy
from shared.domain.money import Money
from shared.domain.pricing.quote import Quote
from shared.domain.pricing.replay import parts_of_ticket
from shared.domain.pricing.stages import STAGES

_BEFORE_OFFERS = STAGES[: STAGES.index("group")]


def refund_value(quote: Quote, line: int, used: Collection[str], policy: RefundPolicy) -> Money:
    """What one ticket of a line is worth when the products `used` on it were used; never below zero.

    `share`: the shares that the unused products had in the price. `used_at_single_price`: what was paid, less what the
    used products would have cost by themselves, before offers and coupons. Raises ValueError when there is no such
    line, or the ticket has no such product.
    """
    if not 0 <= line < len(quote.lines) or quote.lines[line].kind != "ticket":
        raise ValueError(f"the quote has no ticket line {line}")
    paid = parts_of_ticket(quote, line)
    unknown = set(used) - set(paid)
    if unknown:
        raise ValueError(f"the ticket has no {', '.join(sorted(unknown))}")
    match policy:
        case "share":
            value = sum(amount for part, amount in paid.items() if part not in used)
        case "used_at_single_price":
            single = parts_of_ticket(quote, line, _BEFORE_OFFERS)
            value = sum(paid.values()) - sum(single[part] for part in used)
        case _:
            assert_never(policy)
    return Money(max(0, value), quote.total.currency)
