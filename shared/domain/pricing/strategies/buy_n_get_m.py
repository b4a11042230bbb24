"""Buy n get m: of so many tickets of one product the cheapest are free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.pricing.multisets import dearest_first, multisets
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Kind, Offer, Registration, Situation


@dataclass(frozen=True)
class BuyNGetM:
    """Of `buy` + `free` tickets of one of the `products`, the `free` cheapest cost nothing."""

    products: tuple[str, ...]
    buy: int
    free: int

    def offers(self, kinds: Sequence[Kind], situation: Situation) -> Iterator[Offer]:
        """Every set of that many tickets."""
        for product in self.products:
            if product in situation.wants:
                for group in multisets(dearest_first(kinds, product), self.buy + self.free):
                    paid = tuple(kind.amounts[product] for kind in group[: self.buy])
                    yield Offer(tuple((kind.index, product) for kind in group), paid + (0,) * self.free)


def _read(parameters: Parameters) -> BuyNGetM:
    table = parameters.table
    return BuyNGetM(parameters.products("products"), table.integer("buy", least=1), table.integer("free", least=1))


REGISTRATION = Registration("buy_n_get_m", ("group",), _read)
