"""Rounding: of each ticket, of the sum, or of what is paid in cash."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration


@dataclass(frozen=True)
class Rounding:
    """To multiples of `step` minor units: `mode` is `half_up`, `up` or `down`; `scope` is `line`, `sum` or `cash`."""

    scope: str
    step: int
    mode: str

    def rounded(self, amount: int) -> int:
        """The multiple for a non-negative amount."""
        match self.mode:
            case "up":
                return -(-amount // self.step) * self.step
            case "down":
                return amount // self.step * self.step
            case _:
                return (2 * amount + self.step) // (2 * self.step) * self.step


def _read(parameters: Parameters) -> Rounding:
    scope = parameters.table.choice("scope", ("line", "sum", "cash"))
    step = parameters.money("step")
    if step < 1:
        parameters.table.wrong("step", "must be at least one minor unit")
    return Rounding(scope, max(1, step), parameters.table.choice("mode", ("half_up", "up", "down"), "half_up"))


REGISTRATION = Registration("rounding", ("rounding",), _read)
