"""From configuration to a reader of identity documents and to a camera."""

from __future__ import annotations

from drivers.contracts.identity import IdentityReader
from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.identity.mrz.serial_reader import SerialZoneReader
from drivers.identity.sdt.dialogue import SdtTiming
from drivers.identity.sdt.driver import SdtReader
from drivers.options import DeviceOptions

SDT_DRIVER = "sdt"
ZONE_DRIVER = "mrz-serial"
_IDLE_SECONDS = 0.3


def build_identity_reader(settings: DeviceSettings, surroundings: Surroundings | None = None) -> IdentityReader:
    """Driver `sdt` (resident cards; 115200 baud; options `answer_seconds`, `poll_seconds`) or `mrz-serial` (passports;
    option `idle_seconds`). Raises ConfigurationError."""
    around = surroundings or Surroundings()
    options = options_for(settings, SDT_DRIVER, ZONE_DRIVER)
    if settings.driver == SDT_DRIVER:
        return _sdt_reader(settings, options, around)
    idle = options.seconds("idle_seconds", _IDLE_SECONDS)
    options.finish()
    return SerialZoneReader(connection_for(settings, around), around.monotonic, around.today, idle)


def _sdt_reader(settings: DeviceSettings, options: DeviceOptions, around: Surroundings) -> SdtReader:
    usual = SdtTiming()
    timing = SdtTiming(options.seconds("answer_seconds", usual.answer), options.seconds("poll_seconds", usual.poll))
    options.finish()
    return SdtReader(connection_for(settings, around), around.monotonic, timing)
