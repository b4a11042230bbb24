"""The camera on the bench, with what a visitor holds before it: a code on a telephone, a passport."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import qrcode
from numpy.typing import NDArray

from drivers.emulators.document_page import page
from drivers.emulators.gateway_codes import Behaviour, make_code
from drivers.emulators.mjpeg_camera import CameraTrouble, MjpegCameraEmulator
from drivers.emulators.scenery import OpticalTrouble, empty_scene, laid_on
from drivers.emulators.zone_writer import zone
from shanmen.bench.action import Action, Choice, NonsenseError, OneOf, Press, Words
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import fault_switch, press, unplug_switch
from shanmen.bench.stations.passport import SIZES, holder_for

_WIDTH, _HEIGHT = 1280, 720
_MODULE_DOTS = 10
_CODE_SHARE = 0.5  # of the picture's height
_FAULTS: tuple[tuple[str, str, CameraTrouble | OpticalTrouble], ...] = (
    ("blur", "Out of focus", OpticalTrouble.OUT_OF_FOCUS),
    ("glare", "Glare", OpticalTrouble.GLARE),
    ("darken", "Dark", OpticalTrouble.DARK),
    ("freeze", "Same picture for ever", CameraTrouble.FROZEN),
    ("slow", "One picture a second", CameraTrouble.SLOW),
    ("garble", "Damaged pictures", CameraTrouble.GARBLED),
)


def open_camera(stack: ExitStack, _folder: Path) -> Station:
    """Starts a network camera."""
    camera = stack.enter_context(MjpegCameraEmulator(width=_WIDTH, height=_HEIGHT))
    settings = {"devices": {"camera": {"driver": "camera", "address": camera.address}}}
    return Station("camera", "Camera", _actions(camera), settings)


def _actions(camera: MjpegCameraEmulator) -> tuple[Action, ...]:
    def show(thing: NDArray[np.uint8], share: float) -> None:
        camera.show(laid_on(empty_scene(_WIDTH, _HEIGHT), thing, share))

    def passport(word: str) -> str:
        try:
            show(page(zone(holder_for(SIZES[word]), SIZES[word])), 0.9)
        except FileNotFoundError as error:
            raise NonsenseError("The typeface of passports is missing: install the package fonts-ocr-b.") from error
        return f"Before the camera: a document, {SIZES[word]}."

    def code(text: str) -> str:
        show(_drawn(text or make_code(Behaviour.APPROVE)), _CODE_SHARE)
        return "A code is before the camera."

    sizes = tuple(Choice(word, SIZES[word]) for word in sorted(SIZES, key=lambda word: word != "td3"))
    return (
        Press("passport", "Hold a document", passport, OneOf("document", sizes)),
        Press("camera-code", "Hold a code (empty: pays)", code, Words("text", "")),
        press("take-away", "Take it away", camera.clear, "There is nothing before the camera."),
        unplug_switch(camera),
        *(fault_switch(camera, *row) for row in _FAULTS),
    )


def _drawn(text: str) -> NDArray[np.uint8]:
    """A QR code as on a telephone's screen."""
    symbol = qrcode.QRCode(border=4)
    symbol.add_data(text)
    light = np.where(np.array(symbol.get_matrix()), 0, 255).astype(np.uint8)
    return np.repeat(np.kron(light, np.ones((_MODULE_DOTS, _MODULE_DOTS), np.uint8))[:, :, None], 3, axis=2)
