"""Age: by the date of birth on a document, whatever category was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.catalog.evidence import AgeRange, judge
from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class Age:
    """The effect for visitors within `ages` (full years on the day of the visit)."""

    ages: AgeRange
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect when the date of birth proves the age."""
        return self.effect if judge(self.ages, unit.member, situation.visit) == "proven" else None


def _read(parameters: Parameters) -> Age:
    table = parameters.table
    ages = AgeRange(table.optional_integer("least", least=0), table.optional_integer("most", least=0))
    if ages.least is None and ages.most is None:
        table.wrong(None, "needs `least` or `most`")
    return Age(ages, parameters.effect())


REGISTRATION = Registration("age", ("person",), _read)
