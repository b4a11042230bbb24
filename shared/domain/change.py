"""Change in cash from what is in the hoppers, decided before a note is accepted. Amounts in minor units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

MAX_CHANGE = 100_000  # 1,000 yuan in fen: beyond it a person gives change

_Way = tuple[int, ...]  # how many of each denomination, the largest denomination first


def give(amount: int, stock: Mapping[int, int]) -> Mapping[int, int] | None:
    """Which pieces (denomination -> number) give `amount` exactly, the fewest; None when the stock cannot.

    Of equally many pieces those with the larger denominations are given. Raises ValueError when `amount` is negative.
    """
    if amount < 0:
        raise ValueError("change is not negative")
    return None if amount > MAX_CHANGE else _ways(amount, stock).get(amount)


def give_most(amount: int, stock: Mapping[int, int]) -> Mapping[int, int]:
    """Which pieces give as much of `amount` as the stock can, up to what a machine may; none when it can give nothing.

    Raises ValueError when `amount` is negative.
    """
    if amount < 0:
        raise ValueError("change is not negative")
    ways = _ways(min(amount, MAX_CHANGE), stock)
    return ways[max(ways)]


def _ways(amount: int, stock: Mapping[int, int]) -> Mapping[int, Mapping[int, int]]:
    """The best pieces for every sum up to `amount` that the stock gives."""
    usable = sorted((d for d, number in stock.items() if number > 0 and 0 < d <= amount), reverse=True)
    best: dict[int, _Way] = {0: (0,) * len(usable)}
    for place, denomination in enumerate(usable):
        for bundle in _bundles(min(stock[denomination], amount // denomination)):
            _add(best, place, bundle, bundle * denomination, amount)
    return {reached: _pieces(usable, way) for reached, way in best.items()}


def _pieces(denominations: Sequence[int], way: _Way) -> dict[int, int]:
    return {denomination: number for denomination, number in zip(denominations, way, strict=True) if number}


def can_give(amount: int, stock: Mapping[int, int]) -> bool:
    """Whether the stock gives `amount` exactly."""
    return give(amount, stock) is not None


def acceptable_notes(
    rest: int, stock: Mapping[int, int], notes: Collection[int], recycled: Collection[int] = ()
) -> frozenset[int]:
    """The notes that may be taken for a `rest` to pay: none whose change could not be given.

    A note up to the rest needs no change. `recycled` are the notes that go into the stock themselves when taken.
    """
    return frozenset(note for note in notes if note > 0 and rest > 0 and _is_acceptable(note, rest, stock, recycled))


def _is_acceptable(note: int, rest: int, stock: Mapping[int, int], recycled: Collection[int]) -> bool:
    if note <= rest:
        return True
    after = Counter(stock)
    if note in recycled:
        after[note] += 1
    return can_give(note - rest, after)


def _bundles(number: int) -> Iterator[int]:
    """Bundles of which some make every number up to this one: 13 -> 1, 2, 4, 6."""
    size = 1
    while number > 0:
        yield min(size, number)
        number, size = number - size, size * 2


def _add(best: dict[int, _Way], place: int, bundle: int, worth: int, amount: int) -> None:
    """Improves the best ways by those that use this bundle."""
    for base, way in list(best.items()):
        reached = base + worth
        if reached > amount:
            continue
        better = (*way[:place], way[place] + bundle, *way[place + 1 :])
        known = best.get(reached)
        if known is None or (sum(better), known) < (sum(known), better):
            best[reached] = better
