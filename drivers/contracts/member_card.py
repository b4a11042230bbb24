"""Readers of member cards: which card is laid down. What the card means is for others to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CardPresented:
    """A card was laid down. `uid`: its number, 4, 7, 8 or 10 bytes; it names a person, so it is in no log.

    `atr` says what kind of card it is.
    """

    uid: bytes = field(repr=False)
    atr: bytes


@dataclass(frozen=True, slots=True)
class CardGone:
    """The card was taken away."""


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """A card lies there that tells no number: another kind, or moved too soon."""

    cause: str


@dataclass(frozen=True, slots=True)
class NothingNew:
    """The waiting time passed; whatever lay there before lies there still."""


@dataclass(frozen=True, slots=True)
class CardReaderLost:
    """The reader or the machine's card service is absent; it is looked for again with the next call."""

    cause: str


CardAnswer = CardPresented | CardGone | CardUnreadable | NothingNew | CardReaderLost


class MemberCardReader(Protocol):
    """A reader. All calls block and are made on the device's own thread."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def wait(self, seconds: float) -> CardAnswer:
        """The next thing that happens within `seconds`. A card that lies there when the reader is found is told."""
        ...
