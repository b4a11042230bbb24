"""What a device on the bench shows of itself: lines of text, lamps, the rows of a small display."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what stands behind it, such as a cash box and its count."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp or a contact that is on or off."""

    name: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Display:
    """The rows of a character display, each as wide as the display."""

    name: str
    rows: tuple[str, ...]


Reading = Fact | Lamp | Display


def in_json(reading: Reading) -> dict[str, object]:
    """For HTTP: `{"name": ..., "shows": text | bool | [rows]}`."""
    match reading:
        case Fact(name, text):
            return {"name": name, "shows": text}
        case Lamp(name, is_on):
            return {"name": name, "shows": is_on}
        case Display(name, rows):
            return {"name": name, "shows": list(rows)}
        case _:
            assert_never(reading)
