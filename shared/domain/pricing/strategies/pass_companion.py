"""Pass companion: who comes beside the holder of an annual pass pays less."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class PassCompanion:
    """The effect for `per_holder` companions beside each shown pass of the products `of`."""

    of: tuple[str, ...]
    per_holder: int
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect, for anyone of the party."""
        return self.effect

    def quota(self, rule_id: str, situation: Situation) -> int:
        """As many as the passes that were shown allow."""
        return self.per_holder * sum(1 for shown in situation.circumstances.passes if shown in self.of)


def _read(parameters: Parameters) -> PassCompanion:
    per_holder = parameters.table.integer("per_holder", 1, least=1)
    return PassCompanion(parameters.products("of"), per_holder, parameters.effect())


REGISTRATION = Registration("pass_companion", ("person",), _read)
