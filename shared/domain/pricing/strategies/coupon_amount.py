"""Coupon: an amount off the whole sale."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.coupon_terms import CouponTerms, read_terms
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation


@dataclass(frozen=True)
class CouponAmount:
    """`off` minor units off, once or once for each visitor, as far as the budget and the sum go."""

    terms: CouponTerms
    off: int

    def reduction(self, rule_id: str, subtotal: int, situation: Situation) -> int:
        """The amount, no more than the subtotal and what is left of the budget."""
        return min(self.off * self.terms.times(situation), subtotal, self.terms.left(rule_id, situation))


def _read(parameters: Parameters) -> CouponAmount:
    return CouponAmount(read_terms(parameters), parameters.money("off"))


REGISTRATION = Registration("coupon_amount", ("coupon",), _read)
