"""Forecast demand: by the visitors expected on the day."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.steps import Steps
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Forecast:
    """Steps by the number of visitors expected."""

    steps: Steps

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect of the highest step that is reached; nothing where there is no forecast."""
        expected = situation.circumstances.forecast
        return None if expected is None else self.steps.at(expected)


def _read(parameters: Parameters) -> Forecast:
    return Forecast(Steps(parameters.steps("steps", "visitors")))


REGISTRATION = Registration("forecast", ("demand",), _read)
