"""A machine under examination, with what was found by kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.settings import KioskSettings
from shanmen.doctor.checks.central import look_at_central
from shanmen.doctor.checks.devices import examine_device
from shanmen.doctor.checks.payment import look_at_payment
from shanmen.doctor.checks.system import look_at_system
from shanmen.doctor.checks.terminal import look_at_terminal
from shanmen.doctor.examination import Examination, examine
from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine


@dataclass
class Ward:
    """Examines again and again, with the settings or instruments changed in between."""

    machine: Machine

    def examine(self) -> Examination:
        return examine(self.machine, lambda _: None)

    def found(self, device: str = "") -> list[str]:
        """The kinds that are found of a device, looked at alone; of the machine itself when none is named."""
        return [finding.key for finding in self._look_at(device) if finding.device == device]

    def _look_at(self, device: str) -> Iterator[Finding]:
        if device == "":
            for check in (look_at_system, look_at_terminal, look_at_central):
                yield from check(self.machine)
        if self.machine.settings is not None and device in self.machine.settings.payment:
            yield from look_at_payment(self.machine)
        for each in self.machine.devices:
            if each.key == device:
                yield from examine_device(each, self.machine)

    def of(self, device: str) -> Finding:
        """The one finding about a device."""
        (finding,) = self._look_at(device)
        return finding

    def one(self, key: str) -> Finding:
        """The one finding of this kind about the machine itself."""
        (finding,) = [finding for finding in self._look_at("") if finding.key == key]
        return finding

    def set(self, table: str, values: Mapping[str, object]) -> None:
        """Changes a table of the settings."""
        assert self.machine.settings is not None
        document: dict[str, Any] = self.machine.settings.model_dump()
        document[table] = {**document[table], **values}
        self.machine = dataclasses.replace(self.machine, settings=KioskSettings.model_validate(document))

    def set_payment(self, way: str, values: Mapping[str, object]) -> None:
        """Changes a way to pay of the settings."""
        assert self.machine.settings is not None
        self.set("payment", {way: {**self.machine.settings.payment[way], **values}})

    def look_with(self, **instruments: Any) -> None:
        """Examines with other instruments from here on."""
        self.machine = dataclasses.replace(self.machine, look=dataclasses.replace(self.machine.look, **instruments))
