"""Family pack: so many of these and so many of those together, for one price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as combinations_of

from shared.domain.pricing.adjustment import Adjustment, adjusted
from shared.domain.pricing.multisets import multisets
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.splitting import split
from shared.domain.pricing.strategy import Kind, Offer, Registration, Situation

PACK_LIMIT = 12  # visitors in one pack


@dataclass(frozen=True)
class FamilyPack:
    """`members` are the least and most visitors of each category; each of them gets all `products`.

    The effect is on the sum (`price`: the pack costs that); what it takes off is split in proportion to the tickets.
    """

    products: tuple[str, ...]
    members: Mapping[str, tuple[int, int]]
    effect: Adjustment

    def offers(self, kinds: Sequence[Kind], situation: Situation) -> Iterator[Offer]:
        """Every family that the party can make up, once."""
        if not set(self.products) <= set(situation.wants):
            return
        choices = [
            [family for size in range(least, most + 1) for family in multisets(_of(kinds, category), size)]
            for category, (least, most) in self.members.items()
        ]
        for families in combinations_of(*choices):
            yield self._offer([kind for family in families for kind in family])

    def _offer(self, family: Sequence[Kind]) -> Offer:
        units = tuple((kind.index, wanted) for kind in family for wanted in self.products)
        amounts = [kind.amounts[wanted] for kind in family for wanted in self.products]
        return Offer(units, split(adjusted(sum(amounts), self.effect), amounts))


def _of(kinds: Sequence[Kind], category: str) -> list[Kind]:
    return [kind for kind in kinds if kind.category_id == category]


def _read(parameters: Parameters) -> FamilyPack:
    members = parameters.inside(parameters.table.table("members"))
    ranges = {category: _range(members, category) for category in members.table.all_keys()}
    if not 2 <= sum(most for _, most in ranges.values()) <= PACK_LIMIT:
        members.table.wrong(None, f"a pack has 2..{PACK_LIMIT} visitors")
    members.known_categories(ranges)
    return FamilyPack(parameters.products("products"), ranges, parameters.effect())


def _range(members: Parameters, category: str) -> tuple[int, int]:
    if isinstance(members.table.raw(category), int):
        count = members.table.integer(category, least=1)
        return count, count
    table = members.table.table(category)
    least = table.integer("least", least=0)
    most = table.integer("most", least=max(1, least), most=PACK_LIMIT)
    table.finish()
    return least, most


REGISTRATION = Registration("family_pack", ("group",), _read)
