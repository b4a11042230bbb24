"""The last two stages of a ticket's price: the guards, which always hold, and the rounding of a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from shared.domain.pricing.rules import PriceList, Rule
from shared.domain.pricing.strategy import PriceError, RoundingStrategy, Situation, Unit
from shared.domain.pricing.tickets import Path


class Priced(NamedTuple):
    """What a ticket costs at the end (minor units), and the steps that lead there."""

    amount: int
    path: Path


@dataclass(frozen=True, slots=True)
class Finish:
    """Bounds in minor units with the rank of the rule that sets each; and the rounding of a line, if any."""

    floor: int = 0
    floor_rank: int = -1
    ceiling: int | None = None
    ceiling_rank: int = -1
    rounding: RoundingStrategy | None = None
    rounding_rank: int = -1

    def applied(self, amount: int, path: Path) -> Priced:
        """A ticket after guard and rounding, given its amount and path before. A rounding yields to the guards."""
        guarded, rank = amount, -1
        if amount < self.floor:
            guarded, rank = self.floor, self.floor_rank
        elif self.ceiling is not None and amount > self.ceiling:
            guarded, rank = self.ceiling, self.ceiling_rank
        if guarded != amount:
            path = (*path, (rank, guarded - amount))
        rounded = self._rounded(guarded)
        if rounded != guarded:
            path = (*path, (self.rounding_rank, rounded - guarded))
        return Priced(rounded, path)

    def _rounded(self, amount: int) -> int:
        if self.rounding is None:
            return amount
        rounded, step = self.rounding.rounded(amount), self.rounding.step
        if rounded < self.floor:
            rounded += step
        elif self.ceiling is not None and rounded > self.ceiling:
            rounded -= step
        return rounded if rounded >= self.floor and (self.ceiling is None or rounded <= self.ceiling) else amount


def finish_for(price_list: PriceList, unit: Unit, situation: Situation) -> Finish:
    """The highest floor, the lowest ceiling and the first rounding by line that hold for a ticket.

    Raises PriceError naming both rules when a floor stands above a ceiling.
    """
    request = situation.request
    found = price_list.index.guards(unit.product_id, unit.member.category_id, request.channel, request.visit)
    floor: tuple[int, Rule] | None = None
    ceiling: tuple[int, Rule] | None = None
    for rule, strategy in found:
        low, high = strategy.bounds(unit)
        if low is not None and (floor is None or low > floor[0]):
            floor = low, rule
        if high is not None and (ceiling is None or high < ceiling[0]):
            ceiling = high, rule
    if floor is not None and ceiling is not None and floor[0] > ceiling[0]:
        problem = f"floor {floor[0]} ({floor[1].rule_id}) stands above ceiling {ceiling[0]} ({ceiling[1].rule_id})"
        raise PriceError(unit.product_id, problem)
    return _finish(floor, ceiling, rounding_of(price_list, situation, "line"))


def rounding_of(price_list: PriceList, situation: Situation, scope: str) -> tuple[Rule, RoundingStrategy] | None:
    """The first rounding of that scope that holds."""
    found = price_list.index.roundings(situation.request.channel, situation.visit)
    return next(((rule, strategy) for rule, strategy in found if strategy.scope == scope), None)


def _finish(
    floor: tuple[int, Rule] | None, ceiling: tuple[int, Rule] | None, rounding: tuple[Rule, RoundingStrategy] | None
) -> Finish:
    return Finish(
        floor=0 if floor is None else floor[0],
        floor_rank=-1 if floor is None else floor[1].rank,
        ceiling=None if ceiling is None else ceiling[0],
        ceiling_rank=-1 if ceiling is None else ceiling[1].rank,
        rounding=None if rounding is None else rounding[1],
        rounding_rank=-1 if rounding is None else rounding[0].rank,
    )
