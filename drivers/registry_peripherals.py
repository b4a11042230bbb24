"""From configuration to the smaller devices: customer display, cabinet, member card reader."""

from __future__ import annotations

from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.display.driver import LineDisplay
from drivers.display.layout import Characters
from drivers.member_card.driver import PcscCardReader

_CHARACTERS: dict[str, Characters] = {"gb18030": "gb18030", "ascii": "ascii"}


def build_display(settings: DeviceSettings, surroundings: Surroundings | None = None) -> LineDisplay:
    """Driver `cd5220`. Option: `characters` (`gb18030`, `ascii`). Raises ConfigurationError."""
    options = options_for(settings, "cd5220")
    characters = options.choice("characters", _CHARACTERS, "gb18030")
    options.finish()
    return LineDisplay(connection_for(settings, surroundings or Surroundings()), characters)


def build_card_reader(settings: DeviceSettings) -> PcscCardReader:
    """Driver `pcsc`. The address is part of the reader's name, empty = the first. Raises ConfigurationError."""
    options_for(settings, "pcsc").finish()
    return PcscCardReader(settings.address)
