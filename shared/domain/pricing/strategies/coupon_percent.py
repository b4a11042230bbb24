"""Coupon: a percentage off the whole sale."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import portion
from shared.domain.pricing.coupon_terms import CouponTerms, read_terms
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation


@dataclass(frozen=True)
class CouponPercent:
    """`off_bp` basis points off the sum, at most `most` minor units (None: without that limit)."""

    terms: CouponTerms
    off_bp: int
    most: int | None

    def reduction(self, rule_id: str, subtotal: int, situation: Situation) -> int:
        """The percentage of the subtotal, rounded half up, no more than what is left of the budget."""
        off = min(portion(subtotal, self.off_bp), self.terms.left(rule_id, situation))
        return off if self.most is None else min(off, self.most * self.terms.times(situation))


def _read(parameters: Parameters) -> CouponPercent:
    terms = read_terms(parameters)
    return CouponPercent(terms, parameters.basis_points("off_bp"), parameters.optional_money("most"))


REGISTRATION = Registration("coupon_percent", ("coupon",), _read)
