"""Free leader: one ticket free for every so many visitors."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import FREE, Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class FreeLeader:
    """One of the `free` categories (empty: any) free for every `per` visitors of the `counted` ones (empty: all)."""

    per: int
    counted: tuple[str, ...]
    free: tuple[str, ...]

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """Free, for a visitor who may be a leader."""
        return FREE if not self.free or unit.member.category_id in self.free else None

    def quota(self, rule_id: str, situation: Situation) -> int:
        """One for every `per` visitors."""
        return situation.size(self.counted) // self.per


def _read(parameters: Parameters) -> FreeLeader:
    per = parameters.table.integer("per", least=2)
    return FreeLeader(per, parameters.categories("counted"), parameters.categories("free"))


REGISTRATION = Registration("free_leader", ("group",), _read)
