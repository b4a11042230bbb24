"""From configuration to a camera, and to a scanner that looks through one."""

from __future__ import annotations

from functools import partial

from drivers.camera.address import parse_camera_address
from drivers.camera.driver import ThreadedCamera
from drivers.camera.scanner import CameraScanner
from drivers.camera.source import CameraSettings, OpenCvSource
from drivers.contracts.camera import Camera
from drivers.device_settings import DeviceSettings, Surroundings, options_for
from drivers.errors import ConfigurationError
from drivers.options import DeviceOptions

CAMERA_DRIVER = "opencv"
CAMERA_SCANNER_DRIVER = "camera"
_FROZEN_SECONDS = 3.0
_DUPLICATE_SECONDS = 1.5
_LONGEST_CODE = 512


def build_camera(settings: DeviceSettings, surroundings: Surroundings | None = None) -> ThreadedCamera:
    """Driver `opencv`; address `video://0`, `video:///dev/video0`, `video://by-id/VENDOR:PRODUCT` or `http://...`.

    Options: `width`, `height`, `fps`, `focus`, `exposure`, `frozen_seconds`. Raises ConfigurationError.
    """
    options = options_for(settings, CAMERA_DRIVER)
    camera = camera_of(settings, options, surroundings or Surroundings())
    options.finish()
    return camera


def build_camera_scanner(
    settings: DeviceSettings, surroundings: Surroundings | None = None, camera: Camera | None = None
) -> CameraScanner:
    """Driver `camera`: codes from the pictures of `camera`, or of one of its own at the address.

    Options: `duplicate_seconds`, `max_length`, and those of its own camera. Raises ConfigurationError.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, CAMERA_SCANNER_DRIVER)
    eye = camera or camera_of(settings, options, around)
    duplicates = options.seconds("duplicate_seconds", _DUPLICATE_SECONDS)
    longest = options.count("max_length", _LONGEST_CODE)
    options.finish()
    return CameraScanner(eye, around.monotonic, duplicates, longest)


def camera_of(settings: DeviceSettings, options: DeviceOptions, around: Surroundings) -> ThreadedCamera:
    """The camera at a device's address, by those of its options that concern a camera. Raises ConfigurationError."""
    usual = CameraSettings()
    wanted = CameraSettings(
        width=options.count("width", usual.width),
        height=options.count("height", usual.height),
        fps=options.count("fps", 1) if options.has("fps") else 0,
        focus=options.real("focus", 0.0) if options.has("focus") else None,
        exposure=options.real("exposure", 0.0) if options.has("exposure") else None,
    )
    frozen = options.seconds("frozen_seconds", _FROZEN_SECONDS)
    try:
        address = parse_camera_address(settings.address)
    except ValueError as error:
        raise ConfigurationError(f"{settings.key}.address", f"{settings.address!r} {error}.") from error
    return ThreadedCamera(partial(OpenCvSource, address, wanted), around.monotonic, around.chance, frozen)
