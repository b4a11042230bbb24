"""The machine itself: its light, its door, its alarm contact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Lamp(Enum):
    """What the light over the machine does."""

    OFF = "off"
    ON = "on"
    BLINKING = "blinking"  # calls for staff


@dataclass(frozen=True, slots=True)
class CabinetReading:
    """What the contacts say. A cable that is cut reads as an open door and as tampering."""

    door_open: bool
    tampered: bool


@dataclass(frozen=True, slots=True)
class CabinetLost:
    """The board does not answer; the light is what it was, and is set anew when the board is back."""

    cause: str


CabinetAnswer = CabinetReading | CabinetLost


class Cabinet(Protocol):
    """The cabinet's contacts. All calls block for moments and are made on the device's own thread."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def set_lamp(self, lamp: Lamp) -> CabinetAnswer:
        """Switches the light; `Lamp.BLINKING` goes on for as long as `look` is called."""
        ...

    def look(self) -> CabinetAnswer:
        """Reads the contacts and lets the light blink. Called several times a second."""
        ...
