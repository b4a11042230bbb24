"""From configuration to the smaller devices: customer display, cabinet, member card reader."""

from __future__ import annotations

from drivers.cabinet.driver import CabinetTiming, RelayBoardCabinet, Wiring
from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.display.driver import LineDisplay
from drivers.display.layout import Characters
from drivers.member_card.driver import PcscCardReader

_MOST_CHANNELS = 32
_CHARACTERS: dict[str, Characters] = {"gb18030": "gb18030", "ascii": "ascii"}


def build_display(settings: DeviceSettings, surroundings: Surroundings | None = None) -> LineDisplay:
    """Driver `cd5220`. Option: `characters` (`gb18030`, `ascii`). Raises ConfigurationError."""
    options = options_for(settings, "cd5220")
    characters = options.choice("characters", _CHARACTERS, "gb18030")
    options.finish()
    return LineDisplay(connection_for(settings, surroundings or Surroundings()), characters)


def build_cabinet(settings: DeviceSettings, surroundings: Surroundings | None = None) -> RelayBoardCabinet:
    """Driver `modbus-relay`. Options: `unit`, `lamp_relay`, `door_input`, `tamper_input` (from 1, 0 = not connected),
    `answer_seconds`, `blink_seconds`. Raises ConfigurationError."""
    around = surroundings or Surroundings()
    options = options_for(settings, "modbus-relay")
    usual, pace = Wiring(), CabinetTiming()
    wiring = Wiring(
        unit=options.number("unit", usual.unit, 1, 247),
        lamp_relay=options.number("lamp_relay", usual.lamp_relay, 0, _MOST_CHANNELS),
        door_input=options.number("door_input", usual.door_input, 0, _MOST_CHANNELS),
        tamper_input=options.number("tamper_input", usual.tamper_input, 0, _MOST_CHANNELS),
    )
    timing = CabinetTiming(
        answer=options.seconds("answer_seconds", pace.answer), blink=options.seconds("blink_seconds", pace.blink)
    )
    options.finish()
    return RelayBoardCabinet(connection_for(settings, around), wiring, around.monotonic, timing)


def build_card_reader(settings: DeviceSettings) -> PcscCardReader:
    """Driver `pcsc`. The address is part of the reader's name, empty = the first. Raises ConfigurationError."""
    options_for(settings, "pcsc").finish()
    return PcscCardReader(settings.address)
