"""Fixed by category: what a product costs a visitor of each category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.pricing.adjustment import SetTo
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Fixed:
    """`prices` by category in minor units; a category without a price is not sold by this rule."""

    prices: Mapping[str, int]

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that have a price."""
        return tuple(self.prices)

    def adjust(self, unit: Unit, situation: Situation) -> SetTo | None:
        """The price of the visitor's category."""
        price = self.prices.get(unit.member.category_id)
        return None if price is None else SetTo(price)


def _read(parameters: Parameters) -> Fixed:
    return Fixed(parameters.prices("prices"))


REGISTRATION = Registration("fixed", ("base", "calendar", "person"), _read)
