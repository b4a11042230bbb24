"""What each ticket of a sale is worth, and to which payments a refund goes. Pure sums that lose no minor unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from shared.domain.catalog.refund_terms import RefundPolicy
from shared.domain.money import Money
from shared.domain.pricing import quote_from_document
from shared.domain.pricing.refund import refund_value
from shared.domain.sale import SaleOpened


def ticket_values(opened: SaleOpened) -> tuple[Money, ...]:
    """The worth of each ticket, in the order of the places; together the sale's total.

    A category's lines are shared evenly by its tickets; what no ticket stands for (rounding) goes to the largest.
    """
    earned, number = _by_category(opened), Counter(opened.categories)
    worth = [0] * len(opened.categories)
    for category, minor in earned.items():
        places = [i for i, of in enumerate(opened.categories) if of == category]
        for place, part in zip(places, split_evenly(minor, number[category]), strict=True):
            worth[place] += part
    worth[worth.index(max(worth))] += opened.total.minor - sum(worth)
    return tuple(Money(minor, opened.total.currency) for minor in worth)


def used_value(opened: SaleOpened, index: int, used: Collection[str], policy: RefundPolicy) -> Money:
    """What is lost of ticket `index` because the products `used` on it were used, from the trace of its quote.

    Raises ValueError when the quote has no line for the ticket or the ticket has no such product.
    """
    quote, category = quote_from_document(opened.quote), opened.categories[index]
    line = next((n for n, line in enumerate(quote.lines) if line.category_id == category), -1)
    left = refund_value(quote, line, used, policy)
    return quote.lines[line].unit - left


def split_evenly(minor: int, parts: int) -> list[int]:
    """`minor` in `parts` that differ by at most 1, the larger ones first."""
    each, more = divmod(minor, parts)
    return [each + (n < more) for n in range(parts)]


def allocate(minor: int, left: Sequence[int]) -> list[int]:
    """A refund over the payments it came by, in proportion to what is `left` of each.

    The residue goes to the largest fractions, the first of equals first. No part is above what is left of its
    payment. Raises ValueError when the refund is negative or more than everything left.
    """
    whole = sum(left)
    if not 0 <= minor <= whole or any(part < 0 for part in left):
        raise ValueError(f"{minor} cannot go back out of {whole}")
    if whole == 0:
        return [0] * len(left)
    parts = [minor * part // whole for part in left]
    by_fraction = sorted(range(len(left)), key=lambda n: -(minor * left[n] % whole))
    for n in by_fraction[: minor - sum(parts)]:
        parts[n] += 1
    return parts


def _by_category(opened: SaleOpened) -> dict[str, int]:
    lines: Any = opened.quote.get("lines") or ()
    present: set[str] = set(opened.categories)
    earned: dict[str, int] = defaultdict(int)
    for line in lines:
        category = line["category_id"]
        if category in present:
            earned[category] += line["amount"]
    return earned or _evenly(opened)


def _evenly(opened: SaleOpened) -> dict[str, int]:
    """Without a quote every ticket is worth the same."""
    shares: dict[str, int] = defaultdict(int)
    for category, part in zip(opened.categories, split_evenly(opened.total.minor, len(opened.categories)), strict=True):
        shares[category] += part
    return shares
