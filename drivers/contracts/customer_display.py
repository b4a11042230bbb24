"""Customer displays: two short lines towards the customer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DisplayLine:
    """`left` is cut to the room that `right` (an amount) leaves; `right` stands at the right margin.

    `plain` is said in place of `left` by a display that has no Chinese characters.
    """

    left: str
    right: str = ""
    plain: str = ""


class Brightness(IntEnum):
    """From dim to full."""

    DIM = 1
    LOW = 2
    MIDDLE = 3
    FULL = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """The text went out. Displays of this kind never answer: nobody can say more."""


@dataclass(frozen=True, slots=True)
class DisplayLost:
    """The display is absent; when it is back it shows what was asked last."""

    cause: str


DisplayAnswer = Shown | DisplayLost


class CustomerDisplay(Protocol):
    """A display. All calls block for moments and are made on the device's own thread."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def show(self, upper: DisplayLine, lower: DisplayLine) -> DisplayAnswer:
        """Overwrites both lines."""
        ...

    def scroll(self, text: str, plain: str = "") -> DisplayAnswer:
        """Lets a long text run through the upper line, without end."""
        ...

    def clear(self) -> DisplayAnswer: ...

    def set_brightness(self, level: Brightness) -> DisplayAnswer: ...

    def look(self) -> DisplayAnswer:
        """Whether it is there; one that came back is given its text again."""
        ...
