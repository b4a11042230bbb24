"""Channel: another price at the window, at the kiosk, with a partner."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Channel:
    """The effect in sales through one of the `channels`."""

    channels: tuple[str, ...]
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect in such a sale."""
        return self.effect if situation.request.channel in self.channels else None


def _read(parameters: Parameters) -> Channel:
    return Channel(parameters.table.texts("channels"), parameters.effect())


REGISTRATION = Registration("channel", ("demand", "calendar", "person"), _read)
