"""Ways to pick visitors of a party by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.domain.pricing.strategy import Kind


def multisets(kinds: Sequence[Kind], size: int) -> Iterator[tuple[Kind, ...]]:
    """Every way to pick `size` visitors, none of a kind more often than there are; kinds in their given order."""
    if size == 0:
        yield ()
        return
    for index, kind in enumerate(kinds):
        for times in range(min(kind.count, size), 0, -1):
            for rest in multisets(kinds[index + 1 :], size - times):
                yield (kind,) * times + rest


def dearest_first(kinds: Sequence[Kind], product_id: str) -> list[Kind]:
    """The kinds by falling price of a product; those that pick in this order pick the dearest first."""
    return sorted(kinds, key=lambda kind: (-kind.amounts[product_id], kind.index))
