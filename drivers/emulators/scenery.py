"""What a camera sees: pictures put into a scene, and what lens and light do to them."""

from __future__ import annotations

from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


class OpticalTrouble(Enum):
    """What lens and light can do."""

    OUT_OF_FOCUS = "out_of_focus"
    GLARE = "glare"
    DARK = "dark"


def empty_scene(width: int, height: int) -> Picture:
    """A table top in even light: a gentle gradient of grey."""
    across = np.linspace(150.0, 175.0, width)[None, :]
    down = np.linspace(0.0, 12.0, height)[:, None]
    return np.repeat((across + down)[:, :, None], 3, axis=2).astype(np.uint8)


def laid_on(scene: Picture, thing: Picture, share: float = 0.9) -> Picture:
    """`thing` in the middle of a copy of `scene`, as large as `share` of it allows."""
    height, width = scene.shape[:2]
    scale = share * min(width / thing.shape[1], height / thing.shape[0])
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    fitted = cv2.resize(thing, None, fx=scale, fy=scale, interpolation=interpolation)
    top, left = (height - fitted.shape[0]) // 2, (width - fitted.shape[1]) // 2
    filled = scene.copy()
    filled[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return filled


def through_the_lens(picture: Picture, troubles: frozenset[OpticalTrouble]) -> Picture:
    """The picture with the troubles of lens and light."""
    if OpticalTrouble.OUT_OF_FOCUS in troubles:
        picture = blurred(picture, 6.0)
    if OpticalTrouble.GLARE in troubles:
        picture = glaring(picture, (0.5, 0.6), 0.35)
    if OpticalTrouble.DARK in troubles:
        picture = dimmed(picture, 0.06)
    return picture


def blurred(picture: Picture, sigma: float) -> Picture:
    """Out of focus by a Gaussian of `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def glaring(picture: Picture, centre: tuple[float, float], radius: float, strength: float = 255.0) -> Picture:
    """A lamp's reflection at `centre` (shares of width and height); `radius` is a share of the width."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    distance = np.hypot(columns - centre[0] * width, rows - centre[1] * height) / (radius * width)
    light = strength * np.clip(1.0 - distance, 0.0, 1.0) ** 0.7
    return np.asarray(np.clip(picture + light[:, :, None], 0, 255), np.uint8)


def dimmed(picture: Picture, factor: float) -> Picture:
    """Little light: everything darker by `factor`."""
    return np.asarray(np.clip(picture * factor, 0, 255), np.uint8)
