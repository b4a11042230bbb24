"""Dividing an amount so that the parts sum to it and nobody can argue about the odd fen."""

from __future__ import annotations

from collections.abc import Sequence


def split(amount: int, weights: Sequence[int], step: int = 1) -> tuple[int, ...]:
    """`amount` (a multiple of `step`) in proportion to `weights`, in multiples of `step`, summing to it exactly.

    The residue goes one step at a time to the largest remainders, the earlier part winning a tie. Parts of equal
    weight therefore differ by one step at most. All weights zero: it goes in equal parts. Amounts and weights are
    not negative.
    """
    steps = amount // step
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts = [steps * weight // whole for weight in weights]
    remainders = [steps * weight % whole for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda index: (-remainders[index], index))
    for index in by_remainder[: steps - sum(parts)]:
        parts[index] += 1
    return tuple(part * step for part in parts)
