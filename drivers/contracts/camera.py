"""Cameras: the newest picture of what is before the lens, and what is wrong when there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""A picture: rows, columns and (unless it is grey) blue, green, red."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture. `number` counts from 1 since the driver was opened, `taken_at` is monotonic seconds.

    It may show a face or a document: the pixels are in no repr, log or file.
    """

    number: int
    taken_at: float
    pixels: Pixels = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NoNewFrame:
    """The waiting time passed without a newer picture."""


@dataclass(frozen=True, slots=True)
class CameraFrozen:
    """Pictures come, but it is always the same one to the last bit: a sensor never gives that."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CameraLost:
    """Absent, silent or failed; it is looked for again by itself."""

    cause: str


CameraAnswer = Frame | NoNewFrame | CameraFrozen | CameraLost


class Camera(Protocol):
    """A camera that several readers may share: every call may come from any thread."""

    def open(self) -> None:
        """Begins to take pictures. A camera that is absent is no error: `next_frame` says so."""
        ...

    def close(self) -> None: ...

    def next_frame(self, after: int, seconds: float) -> CameraAnswer:
        """The newest picture with a number above `after`, waiting up to `seconds` for it."""
        ...
