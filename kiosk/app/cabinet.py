"""The kiosk's cabinet: its light is on while it serves, and blinks for staff while a device needs a hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import structlog

from drivers.attendance import attend_cabinet
from drivers.cabinet.driver import RelayBoardCabinet
from drivers.contracts.cabinet import CabinetReading, Lamp
from drivers.health import Degraded, Health, Lost
from drivers.host import DeviceHost
from drivers.odometer import Odometer
from drivers.registry import DeviceSettings
from drivers.registry_peripherals import build_cabinet

_log = structlog.get_logger()
_LOOK_SECONDS = 0.2
_SWITCH_SECONDS = 2.0
_CAN_WAIT = frozenset({"paper_low", "sheet_waiting"})  # seen on the supervisor's page; not worth a blinking light


class CabinetLight:
    """Follows the health of `devices`, which call it on their own threads."""

    def __init__(self, cabinet: RelayBoardCabinet, host: DeviceHost, devices: Sequence[DeviceHost]) -> None:
        self._cabinet = cabinet
        self._host = host
        self._lock = threading.Lock()
        self._needy: set[str] = set()
        for device in devices:
            device.add_listener(lambda health, name=device.name: self._heard(name, health))  # type: ignore[misc]

    def _heard(self, device: str, health: Health) -> None:
        with self._lock:
            (self._needy.add if needs_a_hand(health) else self._needy.discard)(device)
            lamp = Lamp.BLINKING if self._needy else Lamp.ON
        self._host.call(lambda: self._cabinet.set_lamp(lamp), _SWITCH_SECONDS)


def needs_a_hand(health: Health) -> bool:
    """Whether a person has to come now."""
    return isinstance(health, Lost) or (isinstance(health, Degraded) and health.code not in _CAN_WAIT)


def open_cabinet(settings: DeviceSettings, devices: Sequence[DeviceHost], odometer: Odometer) -> DeviceHost:
    """Builds the cabinet and lets its light follow `devices`. Raises ConfigurationError."""
    cabinet = build_cabinet(settings)
    host = DeviceHost(settings.key, cabinet, attend_cabinet(cabinet, _tell), _LOOK_SECONDS, time.monotonic, odometer)
    CabinetLight(cabinet, host, devices)
    return host


def _tell(reading: CabinetReading) -> None:
    """The door is somebody's business even when nobody looks at the page."""
    _log.warning("cabinet.changed", door_open=reading.door_open, tampered=reading.tampered)
