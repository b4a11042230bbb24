"""The search for the best price: which offers to take, how often, so that they save the most.

Every offer uses up tickets of the party and perhaps a quota, and saves an amount: a packing problem, solved exactly by
branch and bound up to a stated number of nodes. Beyond it the best choice so far is returned with a bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

NODE_LIMIT = 20_000  # choices looked at for each group of offers that touch one another
OFFER_LIMIT = 400  # offers kept in such a group, the ones that save most for each ticket


@dataclass(frozen=True, slots=True)
class Item:
    """An offer to the search: `uses` are (resource, how many), `tickets` how many of these resources are tickets."""

    uses: tuple[tuple[int, int], ...]
    saving: int
    tickets: int
    quota: int | None = None  # the resource that limits it most, where it is not the tickets


@dataclass(frozen=True, slots=True)
class Packing:
    """How often each item is taken; what that saves; what no choice can save more than (equal when proven)."""

    taken: tuple[int, ...]
    saving: int
    at_most: int


def best_packing(items: Sequence[Item], capacity: Sequence[int]) -> Packing:
    """The choice that saves most. Items that share no resource are decided apart from one another."""
    taken = [0] * len(items)
    saving = at_most = 0
    for group in _groups(items):
        search = _Search([items[index] for index in group], capacity)
        search.run()
        for index, times in zip(group, search.best, strict=True):
            taken[index] = times
        saving += search.saving
        at_most += search.at_most
    return Packing(tuple(taken), saving, at_most)


def _groups(items: Sequence[Item]) -> list[list[int]]:
    """Indices of items, those that share a resource (directly or through others) together."""
    parent: dict[int, int] = {}

    def root(resource: int) -> int:
        while parent.setdefault(resource, resource) != resource:
            resource = parent[resource]
        return resource

    for item in items:
        for resource, _ in item.uses[1:]:
            parent[root(resource)] = root(item.uses[0][0])
    groups: dict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[root(item.uses[0][0])].append(index)
    return [sorted(group, key=lambda index: _density(items[index])) for group in groups.values()]


def _density(item: Item) -> tuple[int, int]:
    return -item.saving * 5040 // item.tickets, -item.saving


class _Search:
    """Branch and bound over one group of items, the densest first; each is taken as often as it fits, then less.

    The bound is a price on each resource such that every item left costs at least what it saves (a feasible solution
    of the dual linear programme): what is left of the resources is then worth more than anything they can still save.
    """

    def __init__(self, items: Sequence[Item], capacity: Sequence[int]) -> None:
        self._items = items[:OFFER_LIMIT]
        self._all = items
        resources = sorted({resource for item in items for resource, _ in item.uses})
        place = {resource: index for index, resource in enumerate(resources)}
        self._uses = [tuple((place[r], n) for r, n in item.uses) for item in items]
        self._start = tuple(capacity[resource] for resource in resources)
        self._scale = lcm(*(item.tickets for item in items))
        self._prices = self._suffix_prices(place)
        self._seen: dict[tuple[int, tuple[int, ...]], int] = {}
        self._nodes = 0
        self._chosen = [0] * len(items)
        self.best = tuple(self._chosen)
        self.saving = 0

    def run(self) -> None:
        """Search until it is done or the limit of nodes is reached."""
        self._visit(0, self._start, 0)

    @property
    def at_most(self) -> int:
        """What no choice saves more than."""
        complete = self._nodes <= NODE_LIMIT and len(self._all) <= OFFER_LIMIT
        return self.saving if complete else self._worth(0, self._start) // self._scale

    def _suffix_prices(self, place: dict[int, int]) -> list[tuple[int, ...]]:
        """The prices of the resources for the items from each index on, scaled to whole numbers."""
        prices = [0] * len(place)
        found = [tuple(prices)]
        for item, uses in zip(reversed(self._all), reversed(self._uses), strict=True):
            if item.quota is not None:
                at = place[item.quota]
                prices[at] = max(prices[at], item.saving * self._scale)
            else:
                share = item.saving * self._scale // item.tickets
                for at, _ in uses:
                    prices[at] = max(prices[at], share)
            found.append(tuple(prices))
        return found[::-1]

    def _worth(self, index: int, remaining: tuple[int, ...]) -> int:
        return sum(map(int.__mul__, self._prices[index], remaining))

    def _visit(self, index: int, remaining: tuple[int, ...], saving: int) -> None:
        self._nodes += 1
        if saving > self.saving:
            self.saving, self.best = saving, tuple(self._chosen)
        while index < len(self._items) and not self._fits(index, remaining):
            index += 1
        if index == len(self._items) or self._nodes > NODE_LIMIT:
            return
        if saving * self._scale + self._worth(index, remaining) <= self.saving * self._scale:
            return
        if self._seen.get((index, remaining), -1) >= saving:
            return
        self._seen[index, remaining] = saving
        self._branch(index, remaining, saving)

    def _branch(self, index: int, remaining: tuple[int, ...], saving: int) -> None:
        uses, gain = self._uses[index], self._items[index].saving
        for times in range(self._fits(index, remaining), -1, -1):
            left = list(remaining)
            for at, count in uses:
                left[at] -= count * times
            self._chosen[index] = times
            self._visit(index + 1, tuple(left), saving + gain * times)
        self._chosen[index] = 0

    def _fits(self, index: int, remaining: tuple[int, ...]) -> int:
        return min(remaining[at] // count for at, count in self._uses[index])
