"""What is common to all coupons: a code, a budget, how often, and from which amount on."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.quote import CouponProblem
from shared.domain.pricing.strategy import Situation


@dataclass(frozen=True)
class CouponTerms:
    """`budget` is what the coupon may cost in all its sales, `least_spend` what the tickets must cost one by one

    before offers and coupons; both in minor units. `once`: in one sale only. `per_person`: once for each visitor.
    """

    code: str
    budget: int
    least_spend: int = 0
    once: bool = False
    per_person: bool = False

    def times(self, situation: Situation) -> int:
        """How often it counts in this sale."""
        return len(situation.request.party) if self.per_person else 1

    def left(self, rule_id: str, situation: Situation) -> int:
        """What is left of the budget, minor units."""
        return max(0, self.budget - situation.spent.get(rule_id, 0))

    def problem(self, rule_id: str, situation: Situation, one_by_one: int) -> CouponProblem | None:
        """Why it does not count in this sale, whose tickets cost `one_by_one` for themselves; None when it does."""
        if self.once and situation.used.get(rule_id, 0):
            return "used"
        if not self.left(rule_id, situation):
            return "budget_spent"
        return "below_minimum" if one_by_one < self.least_spend else None


def read_terms(parameters: Parameters) -> CouponTerms:
    """The keys `code`, `budget`, `least_spend`, `once`, `per_person` of a coupon's parameters."""
    table = parameters.table
    if not table.has("budget"):
        table.wrong("budget", f"is missing: coupon {table.raw('code')!r} has no budget")
    return CouponTerms(
        code=table.text("code"),
        budget=parameters.optional_money("budget") or 0,
        least_spend=parameters.optional_money("least_spend") or 0,
        once=table.flag("once", False),
        per_person=table.flag("per_person", False),
    )
