"""What the doctor examines, and with what: settings and instruments come in, so that a test can hand in others."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from drivers.device_settings import DeviceSettings
from drivers.transport.usb_places import UsbPlaces
from kiosk.settings import DeviceSection, KioskSettings
from shared.domain.clock import Clock
from shared.printing.typefaces import FOLDER
from shared.security.key_vault import fit_keyring
from shared.security.keys import KeyFileError, SigningKey


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _has_keyring() -> bool:
    return fit_keyring() is not None


@dataclass(frozen=True)
class Instruments:
    """What the doctor looks with; the real ones unless told otherwise.

    `listen_seconds`: how long to listen for each answer at a port whose device does not speak its own language.
    """

    clock: Clock
    sleep: Callable[[float], None] = time.sleep
    free_bytes: Callable[[Path], int] = _free_bytes
    has_keyring: Callable[[], bool] = _has_keyring
    fonts: Path = FOLDER
    listen_seconds: float = 0.4
    places: UsbPlaces = field(default_factory=UsbPlaces)


@dataclass(frozen=True)
class Machine:
    """The machine under examination. `settings` None: only what is connected and the system itself."""

    look: Instruments
    settings: KioskSettings | None = None

    @property
    def key(self) -> SigningKey | None:
        """The terminal's key; None before it is enrolled. What is wrong with a key file is found elsewhere."""
        if self.settings is None:
            return None
        try:
            return SigningKey.load(self.settings.terminal.data / "terminal.key")
        except KeyFileError:
            return None

    @property
    def devices(self) -> tuple[DeviceSettings, ...]:
        """Every device of the settings, in their order."""
        if self.settings is None:
            return ()
        tables = ((name, getattr(self.settings, name)) for name in KioskSettings.model_fields)
        own = {name: table for name, table in tables if isinstance(table, DeviceSection)}
        every = {**own, **self.settings.devices}
        return tuple(DeviceSettings(key, each.driver, each.address, each.options) for key, each in every.items())
