"""The kiosk as central sees it: its version and how its devices are, told about every minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version

from drivers.contracts.device import DeviceReading
from shared.domain.clock import Clock
from shared.sync.device_report import devices_report
from shared.sync.ports import Carried
from shared.wire.fleet import TerminalCommand, TerminalCondition

PACKAGE = "shanmen"


class KioskMember:
    """Implements `shared.sync.ports.FleetMember`. The devices are named once they are open."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._readings: Callable[[], Sequence[DeviceReading]] = tuple

    def watch(self, readings: Callable[[], Sequence[DeviceReading]]) -> None:
        """Tells of these devices from now on; `readings` returns at once."""
        self._readings = readings

    def condition(self) -> TerminalCondition:
        """What is known; no device is asked."""
        return TerminalCondition(version=version(PACKAGE), devices=devices_report(self._readings(), self._clock.now()))

    def obey(self, command: TerminalCommand, carried: Carried) -> None:
        """This kiosk takes no command yet, and says so at once, so that nobody waits for it."""
        carried("refused", f"{command.kind}: this version takes no commands")
