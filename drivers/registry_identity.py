"""From configuration to a reader of identity documents and to a camera."""

from __future__ import annotations

from drivers.contracts.identity import IdentityReader
from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.identity.sdt.dialogue import SdtTiming
from drivers.identity.sdt.driver import SdtReader

SDT_DRIVER = "sdt"


def build_identity_reader(settings: DeviceSettings, surroundings: Surroundings | None = None) -> IdentityReader:
    """Driver `sdt` (resident cards; 115200 baud). Options: `answer_seconds`, `poll_seconds`.

    Raises ConfigurationError.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, SDT_DRIVER)
    usual = SdtTiming()
    timing = SdtTiming(options.seconds("answer_seconds", usual.answer), options.seconds("poll_seconds", usual.poll))
    options.finish()
    return SdtReader(connection_for(settings, around), around.monotonic, timing)
