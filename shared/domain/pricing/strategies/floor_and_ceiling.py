"""Floor and ceiling: no discount brings a ticket below the one, no surcharge above the other."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Unit


@dataclass(frozen=True)
class FloorAndCeiling:
    """The bounds of a ticket in minor units, or of a part of a combination; None where there is none."""

    floor: int | None
    ceiling: int | None

    def bounds(self, unit: Unit) -> tuple[int | None, int | None]:
        """Floor and ceiling, the same for every ticket that meets the rule's conditions."""
        return self.floor, self.ceiling


def _read(parameters: Parameters) -> FloorAndCeiling:
    floor, ceiling = parameters.optional_money("floor"), parameters.optional_money("ceiling")
    if floor is None and ceiling is None:
        parameters.table.wrong(None, "needs `floor` or `ceiling`")
    if floor is not None and ceiling is not None and floor > ceiling:
        parameters.table.wrong("ceiling", f"is below the floor: {ceiling} < {floor}")
    return FloorAndCeiling(floor, ceiling)


REGISTRATION = Registration("floor_and_ceiling", ("guard",), _read)
