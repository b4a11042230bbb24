"""Combination: several products on one ticket, for less than they cost apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.domain.pricing.adjustment import WHOLE_BP, portion
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.splitting import split
from shared.domain.pricing.strategy import Kind, Offer, Registration, Situation


@dataclass(frozen=True)
class CombinationPrice:
    """The combination product `sold_as` of `products`, at a price by category or `off_bp` less than its parts.

    `unasked`: offered too when only some of its parts are wanted, should it be cheaper than these.
    """

    sold_as: str
    products: tuple[str, ...]
    sold_to: tuple[str, ...]
    prices: Mapping[str, int]
    off_bp: int
    unasked: bool

    def offers(self, kinds: Sequence[Kind], situation: Situation) -> Iterator[Offer]:
        """One ticket for each kind of visitor to whom it is sold."""
        wanted = [product for product in self.products if product in situation.wants]
        if not self.unasked and len(wanted) < len(self.products):
            return
        for kind in kinds:
            if kind.category_id in self.sold_to and (not self.prices or kind.category_id in self.prices):
                yield self._offer(kind, wanted)

    def _offer(self, kind: Kind, wanted: Sequence[str]) -> Offer:
        amounts = [kind.amounts[product] for product in wanted]
        price = self.prices.get(kind.category_id, portion(sum(amounts), WHOLE_BP - self.off_bp))
        return Offer(tuple((kind.index, product) for product in wanted), split(price, amounts), self.sold_as)


def _read(parameters: Parameters) -> CombinationPrice:
    table = parameters.table
    sold_as = table.text("product")
    products, sold_to = _parts(parameters, sold_as)
    by_price = table.has("prices")
    if by_price == table.has("off_bp"):
        table.wrong(None, "needs either `prices` or `off_bp`")
    return CombinationPrice(
        sold_as=sold_as,
        products=products,
        sold_to=sold_to,
        prices=parameters.prices("prices") if by_price else {},
        off_bp=parameters.basis_points("off_bp") if table.has("off_bp") else 0,
        unasked=table.flag("unasked", False) if by_price else False,
    )


def _parts(parameters: Parameters, sold_as: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of the combination and the categories that it is sold to; none, noted, when it is no combination."""
    if parameters.catalog.is_combination(sold_as):
        product = parameters.catalog.product(sold_as)
        return product.parts, product.categories
    known = parameters.catalog.has_product(sold_as)
    parameters.table.wrong(
        "product", f"{sold_as!r} is not a combination" if known else f"there is no product {sold_as!r}"
    )
    return (), ()


REGISTRATION = Registration("combination", ("combination",), _read)
