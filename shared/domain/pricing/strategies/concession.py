"""Concession: a visitor category pays less."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Concession:
    """The effect, for visitors of the `categories`."""

    categories: tuple[str, ...]
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect when the visitor belongs to one of the categories."""
        return self.effect if unit.member.category_id in self.categories else None


def _read(parameters: Parameters) -> Concession:
    categories = parameters.categories("categories")
    if not categories:
        parameters.table.wrong("categories", "must name at least one category")
    return Concession(categories, parameters.effect())


REGISTRATION = Registration("concession", ("person",), _read)
