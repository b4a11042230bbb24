"""Coupon: tickets for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import FREE, Adjustment
from shared.domain.pricing.coupon_terms import CouponTerms, read_terms
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class CouponFreeItem:
    """`tickets` free tickets, or as many for each visitor; each counts as `value` minor units against the budget."""

    terms: CouponTerms
    tickets: int
    value: int

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """Free, when the coupon was shown."""
        return FREE if self.terms.code in situation.circumstances.coupons else None

    def quota(self, rule_id: str, situation: Situation) -> int:
        """As many as the coupon gives and its budget covers; none when it was used before and counts once."""
        if self.terms.problem(rule_id, situation, self.terms.least_spend):
            return 0
        return min(self.tickets * self.terms.times(situation), self.terms.left(rule_id, situation) // self.value)


def _read(parameters: Parameters) -> CouponFreeItem:
    terms = read_terms(parameters)
    if terms.least_spend:
        parameters.table.wrong("least_spend", "is for coupons on the whole sale")
    tickets = parameters.table.integer("tickets", 1, least=1)
    value = parameters.money("value")
    if not value:
        parameters.table.wrong("value", "must be what a free ticket counts against the budget")
    return CouponFreeItem(terms, tickets, value or 1)


REGISTRATION = Registration("coupon_free_item", ("coupon",), _read)
