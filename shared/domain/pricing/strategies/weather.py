"""Weather: in rain the view is worth less."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Weather:
    """The effect in one of the kinds of weather of `weather`, by the names that the site's feed uses."""

    weather: tuple[str, ...]
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect in such weather; nothing where it is not known."""
        return self.effect if situation.circumstances.weather in self.weather else None


def _read(parameters: Parameters) -> Weather:
    return Weather(parameters.table.texts("weather"), parameters.effect())


REGISTRATION = Registration("weather", ("demand",), _read)
