"""Second at a discount: of two tickets of one product the cheaper one costs less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment, adjusted
from shared.domain.pricing.multisets import dearest_first, multisets
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Kind, Offer, Registration, Situation


@dataclass(frozen=True)
class SecondAtDiscount:
    """The effect on the cheaper of two tickets of one of the `products`."""

    products: tuple[str, ...]
    effect: Adjustment

    def offers(self, kinds: Sequence[Kind], situation: Situation) -> Iterator[Offer]:
        """Every pair of tickets."""
        for product in self.products:
            if product in situation.wants:
                for first, second in multisets(dearest_first(kinds, product), 2):
                    amounts = first.amounts[product], adjusted(second.amounts[product], self.effect)
                    yield Offer(((first.index, product), (second.index, product)), amounts)


def _read(parameters: Parameters) -> SecondAtDiscount:
    return SecondAtDiscount(parameters.products("products"), parameters.effect())


REGISTRATION = Registration("second_at_discount", ("group",), _read)
