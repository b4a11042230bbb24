"""How badly a document or code lies before a camera: named degrees of turning, blur, light and noise."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from drivers.emulators.scenery import Picture, blurred, dimmed, glaring


@dataclass(frozen=True, slots=True)
class Wear:
    """Upper bounds; each picture takes its own share of them. Degrees, pixels of the frame, shares."""

    turned: float = 0.0
    tilted: float = 0.0  # a corner is off by at most this share of the picture's width
    blur: float = 0.0
    motion: int = 0
    glare: float = 0.0
    light: float = 1.0
    noise: float = 2.0


DEGREES = {
    "sharp": Wear(),
    "ordinary": Wear(turned=2.0, tilted=0.01, blur=0.8, motion=2, glare=40, light=0.75, noise=5),
    "turned": Wear(turned=8.0, noise=4),
    "perspective": Wear(tilted=0.05, noise=4),
    "blurred": Wear(blur=2.2, noise=3),
    "motion": Wear(motion=9, noise=3),
    "glare": Wear(glare=220, noise=3),
    "low light": Wear(light=0.18, noise=9),
    "noisy": Wear(noise=28),
    "severe": Wear(turned=6.0, tilted=0.03, blur=2.0, motion=5, glare=130, light=0.4, noise=14),
}


def worn(picture: Picture, wear: Wear, seed: int) -> Picture:
    """The picture under this degree of wear; the same seed gives the same picture."""
    chance = np.random.default_rng(seed)
    share = chance.uniform(0.6, 1.0, 6)
    picture = _placed(picture, wear.turned * share[0] * _sign(chance), wear.tilted * share[1], chance)
    if wear.glare:
        centre = (float(chance.uniform(0.2, 0.8)), float(chance.uniform(0.4, 0.95)))
        picture = glaring(picture, centre, 0.18, wear.glare * share[2])
    if wear.blur:
        picture = blurred(picture, wear.blur * share[3])
    if wear.motion:
        picture = _moved(picture, max(1, round(wear.motion * share[4])), chance.uniform(0, 180))
    if wear.light < 1:
        picture = dimmed(picture, 1 - (1 - wear.light) * share[5])
    noise = chance.standard_normal(picture.shape, dtype=np.float32) * np.float32(wear.noise)
    return np.asarray(np.clip(picture + noise, 0, 255), np.uint8)


def _sign(chance: np.random.Generator) -> float:
    return 1.0 if chance.random() < 0.5 else -1.0


def _placed(picture: Picture, angle: float, tilt: float, chance: np.random.Generator) -> Picture:
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    middle = np.array([width / 2, height / 2], dtype=np.float32)
    turn = np.deg2rad(angle)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]], dtype=np.float32)
    moved = (corners - middle) @ matrix.T + middle + chance.uniform(-1, 1, (4, 2)).astype(np.float32) * tilt * width
    warp = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return np.asarray(cv2.warpPerspective(picture, warp, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _moved(picture: Picture, length: int, angle: float) -> Picture:
    """A straight smear of `length` pixels."""
    size = length + 1 - length % 2 + 2
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2, (size - length) // 2 : (size - length) // 2 + length] = 1
    turn = cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), angle, 1.0)
    kernel = np.asarray(cv2.warpAffine(kernel, turn, (size, size)), np.float32)
    return np.asarray(cv2.filter2D(picture, -1, kernel / max(float(kernel.sum()), 1e-6)), np.uint8)
