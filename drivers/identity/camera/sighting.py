"""One frame's view of a zone: what each character may be."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.contracts.camera import Pixels
from drivers.identity.camera.decoding import read_line
from drivers.identity.camera.locating import LocatedZone, locate
from drivers.identity.camera.recogniser import Recogniser
from drivers.identity.camera.strips import strips_of

_SURE_ENOUGH = 0.75  # on the average; an upside-down zone stays far below


@dataclass(frozen=True, slots=True)
class Region:
    """The part of the picture where a tray holds the zone, as shares of width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    def cut(self, picture: Pixels) -> Pixels:
        height, width = picture.shape[:2]
        rows = slice(int(self.top * height), int(self.bottom * height))
        return picture[rows, int(self.left * width) : int(self.right * width)]


@dataclass(frozen=True, slots=True)
class Sighting:
    """`shares` has a row a character of the whole zone and a column for each of the 37."""

    lines: int
    width: int
    shares: NDArray[np.float64] = field(repr=False, compare=False)


def sight(picture: Pixels, region: Region, recogniser: Recogniser) -> Sighting | None:
    """The zone in a picture (blue, green, red), whichever way up; None when there is none."""
    seen = region.cut(picture)
    zone = locate(np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY), np.uint8))
    if zone is None:
        return None
    upright = _read(seen, zone, recogniser, upside_down=False)
    if upright is not None and _sureness(upright) >= _SURE_ENOUGH:
        return upright
    turned = _read(seen, zone, recogniser, upside_down=True)
    return max((view for view in (upright, turned) if view is not None), key=_sureness, default=None)


def _read(picture: Pixels, zone: LocatedZone, recogniser: Recogniser, *, upside_down: bool) -> Sighting | None:
    chances = recogniser.chances(strips_of(picture, zone, upside_down=upside_down))
    readings = [read_line(line, zone.characters) for line in chances]
    whole = [reading.shares for reading in readings if reading is not None]
    if len(whole) < len(zone.lines):
        return None
    return Sighting(len(zone.lines), zone.characters, np.concatenate(whole))


def _sureness(sighting: Sighting) -> float:
    return float(sighting.shares.max(axis=1).mean())
