"""Lines cut out of a frame, straight and in the height that the recogniser wants."""

from __future__ import annotations

import cv2
import numpy as np

from drivers.contracts.camera import Pixels
from drivers.identity.camera.locating import LocatedZone, PrintedLine

STRIP_HEIGHT = 48
_HEIGHT_IN_PITCHES = 2.2  # less and the recogniser takes O for 0: tried on drawn pages
_SPARE_PITCHES = 0.8  # at either end


def strips_of(picture: Pixels, zone: LocatedZone, *, upside_down: bool = False) -> list[Pixels]:
    """One strip a line, from the top of the document."""
    strips = [_strip(picture, line, zone.pitch) for line in zone.lines]
    return [np.ascontiguousarray(strip[::-1, ::-1]) for strip in reversed(strips)] if upside_down else strips


def _strip(picture: Pixels, line: PrintedLine, pitch: float) -> Pixels:
    turn = np.deg2rad(line.angle)
    along = np.array([np.cos(turn), np.sin(turn)]) * (line.length / 2 + _SPARE_PITCHES * pitch)
    down = np.array([-np.sin(turn), np.cos(turn)]) * (_HEIGHT_IN_PITCHES * pitch / 2)
    middle = np.array([line.x, line.y])
    width = round(STRIP_HEIGHT * float(np.hypot(*along)) / float(np.hypot(*down)))
    corners = np.array([middle - along - down, middle + along - down, middle - along + down], np.float32)
    wanted = np.array([[0, 0], [width, 0], [0, STRIP_HEIGHT]], np.float32)
    warp = cv2.getAffineTransform(corners, wanted)
    strip = cv2.warpAffine(picture, warp, (width, STRIP_HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return _spread(np.asarray(strip, np.uint8))


def _spread(strip: Pixels) -> Pixels:
    """From the darkest ink to the lightest paper: the recogniser was trained on fair light."""
    dark, light = np.percentile(strip, (1, 99))
    spread = (strip.astype(np.float32) - dark) * (255.0 / max(float(light - dark), 1.0))
    return np.asarray(np.clip(spread, 0, 255), np.uint8)
