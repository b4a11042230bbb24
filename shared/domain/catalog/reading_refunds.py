"""The `refund` table of a product's document."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import cast

from shared.domain.catalog.refund_terms import FREE_UNTIL_THE_SLOT, Approval, FeeStep, RefundPolicy, RefundTerms
from shared.domain.document import Table

_POLICIES = ("share", "used_at_single_price")
_APPROVALS = ("none", "supervisor")


def read_refund_terms(product: Table) -> RefundTerms:
    """The terms of a product; without a table its tickets are taken back free until the slot begins."""
    table = product.optional_table("refund")
    if table is None:
        return FREE_UNTIL_THE_SLOT
    steps = tuple(_step(step) for step in table.tables("steps"))
    policy = table.choice("partly_used", _POLICIES) if table.has("partly_used") else None
    terms = RefundTerms(
        steps,
        cast(RefundPolicy | None, policy),
        table.flag("exchangeable", default=True),
        cast(Approval, table.choice("approval", _APPROVALS, "none")),
    )
    _check_steps(table, steps)
    if isinstance(product.raw("refund"), Mapping) and not table.has("steps"):
        table.wrong("steps", 'is missing: `steps = []` says "not taken back"')
    table.finish()
    return terms


def _step(table: Table) -> FeeStep:
    step = FeeStep(
        table.integer("minutes_before"),
        table.integer("fee_bp", 0, least=0, most=10_000),
        table.integer("fee_minor", 0, least=0),
    )
    table.finish()
    return step


def _check_steps(table: Table, steps: tuple[FeeStep, ...]) -> None:
    """From the earliest on a step costs more than the one before it, or that one would never count."""
    for index, (before, after) in enumerate(pairwise(steps), 1):
        if after.minutes_before >= before.minutes_before:
            table.wrong_item("steps", index, "must be nearer to the slot than the step before it")
        elif after.fee_bp <= before.fee_bp and after.fee_minor <= before.fee_minor:
            table.wrong_item("steps", index, "must cost more than the step before it, which would never count")
