"""Code scanners: bytes that a person put before a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Scanned:
    """One code as it was read, framing removed. It may be a payment code: never shown in a log."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NothingScanned:
    """The waiting time passed without a code."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes came that are no code: too long, cut off or not text. `length` in bytes."""

    length: int


@dataclass(frozen=True, slots=True)
class ScannerLost:
    """The device is absent or failed; it is looked for again by itself."""

    cause: str


ScanAnswer = Scanned | NothingScanned | Unreadable | ScannerLost


class Scanner(Protocol):
    """A scanner. All calls block and are made on the device's own thread."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def read(self, seconds: float) -> ScanAnswer:
        """The next code within `seconds`. A code seen again within the duplicate window is passed over."""
        ...
