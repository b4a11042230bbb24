"""The machine's light, door and alarm contact on the bench."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.relay_board import BoardTrouble, RelayBoardEmulator
from shanmen.bench.action import Action, Switch
from shanmen.bench.reading import Lamp, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import Turned, fault_switch, unplug_switch

_LIGHT, _DOOR, _ALARM = 1, 1, 2  # relay, inputs: as the driver takes them where the settings say nothing
_FAULTS = (
    ("silence", "Answers nothing", BoardTrouble.SILENT),
    ("slow", "Slow line", BoardTrouble.SLOW),
    ("refuse", "Refuses every command", BoardTrouble.REFUSES),
)


def open_cabinet(stack: ExitStack, _folder: Path) -> Station:
    """Starts a relay board; door and alarm contact are shut."""
    return cabinet_station(stack.enter_context(RelayBoardEmulator()))


def cabinet_station(board: RelayBoardEmulator) -> Station:
    """The place of a board that runs already."""
    door, alarm = _contact(board, _DOOR), _contact(board, _ALARM)
    actions: tuple[Action, ...] = (
        Switch("open-door", "Door open", door.turn, door.is_on),
        Switch("tamper", "Tampered with", alarm.turn, alarm.is_on),
        unplug_switch(board),
        *(fault_switch(board, *row) for row in _FAULTS),
    )

    def readings() -> tuple[Reading, ...]:
        return (Lamp("light", board.relay(_LIGHT)), Lamp("door open", door.is_on()), Lamp("tampered", alarm.is_on()))

    settings = {"cabinet": {"driver": "modbus-relay", "address": board.address}}
    return Station("cabinet", "Light and door", actions, settings, readings)


def _contact(board: RelayBoardEmulator, number: int) -> Turned:
    return Turned(lambda: board.open_contact(number), lambda: board.close_contact(number))
