"""Pictures from OpenCV's VideoCapture: a device file, a camera by its number or USB identity, a network camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, assert_never

import cv2
import numpy as np

from drivers.camera.address import CameraAddress, UsbVideo, VideoIndex, VideoStream, find_usb_video
from drivers.contracts.camera import Pixels
from drivers.transport.line import TransportError

_OPEN_MS, _READ_MS = 3000, 2000
_ERRORS_ONLY = 2


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """What is asked of a camera; None or 0 leaves it as it is. Not every camera obeys, and none says so.

    `focus` and `exposure` are in the camera's own units and switch its automatic off.
    """

    width: int = 1280
    height: int = 720
    fps: int = 0
    focus: float | None = None
    exposure: float | None = None


class PictureSource(Protocol):
    """An open camera. After a TransportError it is only to be closed."""

    def grab(self) -> Pixels:
        """The next picture; blocks. Raises TransportError."""
        ...

    def close(self) -> None: ...


OpenSource = Callable[[], PictureSource]
"""Opens a camera, or raises TransportError."""


class OpenCvSource:
    """Raises TransportError when the camera is absent, in use or silent for three seconds."""

    def __init__(self, address: CameraAddress, settings: CameraSettings) -> None:
        cv2.utils.logging.setLogLevel(_ERRORS_ONLY)
        self._capture = _capture(address)
        if not self._capture.isOpened():
            self._capture.release()
            raise TransportError("cannot open the camera")
        if not isinstance(address, VideoStream) or "://" not in address.where:
            self._ask_for(settings)

    def grab(self) -> Pixels:
        taken, picture = self._capture.read()
        if not taken or picture is None or picture.size == 0:
            raise TransportError("the camera gives no picture")
        pixels = np.asarray(picture, np.uint8)
        return pixels if pixels.ndim == 3 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR), np.uint8)

    def close(self) -> None:
        self._capture.release()

    def _ask_for(self, settings: CameraSettings) -> None:
        wanted: dict[int, float | None] = {
            cv2.CAP_PROP_FRAME_WIDTH: settings.width or None,
            cv2.CAP_PROP_FRAME_HEIGHT: settings.height or None,
            cv2.CAP_PROP_FPS: settings.fps or None,
            cv2.CAP_PROP_BUFFERSIZE: 1,  # the newest picture, not one from a second ago
            cv2.CAP_PROP_AUTOFOCUS: None if settings.focus is None else 0,
            cv2.CAP_PROP_FOCUS: settings.focus,
            cv2.CAP_PROP_AUTO_EXPOSURE: None if settings.exposure is None else 1,  # 1 is "manual" to Video4Linux
            cv2.CAP_PROP_EXPOSURE: settings.exposure,
        }
        for name, value in wanted.items():
            if value is not None:
                self._capture.set(name, value)


def _capture(address: CameraAddress) -> cv2.VideoCapture:
    match address:
        case VideoIndex():
            return cv2.VideoCapture(address.number)
        case UsbVideo():
            return cv2.VideoCapture(find_usb_video(address))
        case VideoStream():
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
            if "://" in address.where:
                return cv2.VideoCapture(address.where, cv2.CAP_FFMPEG, limits)
            return cv2.VideoCapture(address.where)
        case _:
            assert_never(address)
