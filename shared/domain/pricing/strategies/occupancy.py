"""Occupancy steps: the fuller the slot, the other the price."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.steps import Steps
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Occupancy:
    """Steps by how full the slot is, in basis points of its capacity."""

    steps: Steps

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect of the highest step that is reached; nothing where the occupancy is not known."""
        occupancy = situation.circumstances.occupancy_bp
        return None if occupancy is None else self.steps.at(occupancy)


def _read(parameters: Parameters) -> Occupancy:
    return Occupancy(Steps(parameters.steps("steps", "full_bp")))


REGISTRATION = Registration("occupancy", ("demand",), _read)
