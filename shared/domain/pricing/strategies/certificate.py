"""Certificate: students, teachers, soldiers, disabled people who showed theirs."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.pricing.adjustment import Adjustment
from shared.domain.pricing.parameters import Parameters
from shared.domain.pricing.strategy import Registration, Situation, Unit


@dataclass(frozen=True)
class CertificatePrice:
    """The effect for visitors who showed one of the `certificates`."""

    certificates: tuple[str, ...]
    effect: Adjustment

    def adjust(self, unit: Unit, situation: Situation) -> Adjustment | None:
        """The effect for a holder."""
        return self.effect if set(self.certificates) & set(unit.member.certificates) else None


def _read(parameters: Parameters) -> CertificatePrice:
    return CertificatePrice(parameters.table.texts("certificates"), parameters.effect())


REGISTRATION = Registration("certificate", ("person",), _read)
