"""The examination: every check in turn, then what was asked for by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shanmen.doctor.checks.central import look_at_central
from shanmen.doctor.checks.devices import look_at_devices
from shanmen.doctor.checks.payment import look_at_payment
from shanmen.doctor.checks.system import look_at_system
from shanmen.doctor.checks.terminal import look_at_terminal
from shanmen.doctor.connected import Plugged, look_at_connections, what_is_connected
from shanmen.doctor.finding import Finding, Verdict, verdict_on
from shanmen.doctor.machine import Machine

CHECKS: tuple[Callable[[Machine], Iterator[Finding]], ...] = (
    look_at_system,
    look_at_terminal,
    look_at_central,
    look_at_devices,
    look_at_payment,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was found, in order, and what is plugged in."""

    findings: tuple[Finding, ...]
    connected: tuple[Plugged, ...]

    @property
    def verdict(self) -> Verdict:
        return verdict_on(self.findings)


def examine(machine: Machine, tell: Callable[[Finding], None]) -> Examination:
    """Runs every check; `tell` hears of each finding as it is made."""
    connected = what_is_connected(machine.look.places)
    findings = []
    for finding in _all(machine, connected):
        tell(finding)
        findings.append(finding)
    return Examination(tuple(findings), connected)


def _all(machine: Machine, connected: tuple[Plugged, ...]) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(machine)
    yield from look_at_connections(machine, connected)
