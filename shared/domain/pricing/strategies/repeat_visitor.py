"""Repeat visitor: who came before pays less."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.steps import Steps
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class RepeatVisitor:
    """Steps by the earlier visits of the person."""

    steps: Steps

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect of the highest step that is reached."""
        return self.steps.at(unit.member.earlier_visits)


def _read(parameters: Parameters) -> RepeatVisitor:
    return RepeatVisitor(Steps(parameters.steps("steps", "visits")))


REGISTRATION = Registration("repeat_visitor", ("person",), _read)
