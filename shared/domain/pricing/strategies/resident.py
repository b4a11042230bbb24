"""Resident: people of the district pay less."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class ResidentPrice:
    """The effect for visitors whose identity card has a division code (GB/T 2260) that begins with one of `regions`."""

    regions: tuple[str, ...]
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect for a resident who showed the card."""
        region = unit.member.region
        return self.effect if region is not None and region.startswith(self.regions) else None


def _read(parameters: Parameters) -> ResidentPrice:
    return ResidentPrice(parameters.table.texts("regions"), parameters.effect())


REGISTRATION = Registration("resident", ("person",), _read)
