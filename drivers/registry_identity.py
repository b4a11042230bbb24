"""From configuration to readers of identity documents, to a camera, and to what reads from its pictures."""

from __future__ import annotations

from functools import partial

from drivers.camera.address import parse_camera_address
from drivers.camera.driver import ThreadedCamera
from drivers.camera.scanner import CameraScanner
from drivers.camera.source import CameraSettings, OpenCvSource
from drivers.contracts.camera import Camera
from drivers.contracts.identity import IdentityReader
from drivers.contracts.scanner import Scanner
from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.errors import ConfigurationError
from drivers.identity.camera.reader import CameraReading, CameraZoneReader
from drivers.identity.camera.recogniser import OnnxRecogniser, RecogniserMissingError
from drivers.identity.camera.sighting import Region
from drivers.identity.mrz.serial_reader import SerialZoneReader
from drivers.identity.sdt.dialogue import SdtTiming
from drivers.identity.sdt.driver import SdtReader
from drivers.options import DeviceOptions

SDT_DRIVER = "sdt"
ZONE_DRIVER = "mrz-serial"
CAMERA_DRIVER = "opencv"
CAMERA_ZONE_DRIVER = "mrz-camera"
CAMERA_SCANNER_DRIVER = "camera"
_IDLE_SECONDS = 0.3
_FROZEN_SECONDS = 3.0
_DUPLICATE_SECONDS = 1.5


def build_identity_reader(settings: DeviceSettings, surroundings: Surroundings | None = None) -> IdentityReader:
    """Driver `sdt` (resident cards; 115200 baud; options `answer_seconds`, `poll_seconds`) or `mrz-serial` (passports;
    option `idle_seconds`). For passports by camera see `build_camera_zone_reader`. Raises ConfigurationError."""
    around = surroundings or Surroundings()
    options = options_for(settings, SDT_DRIVER, ZONE_DRIVER)
    if settings.driver == SDT_DRIVER:
        return _sdt_reader(settings, options, around)
    idle = options.seconds("idle_seconds", _IDLE_SECONDS)
    options.finish()
    return SerialZoneReader(connection_for(settings, around), around.monotonic, around.today, idle)


def build_camera(settings: DeviceSettings, surroundings: Surroundings | None = None) -> Camera:
    """Driver `opencv`. Options: `width`, `height`, `fps`, `focus`, `exposure`, `frozen_seconds`.

    Raises ConfigurationError.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, CAMERA_DRIVER)
    usual = CameraSettings()
    wanted = CameraSettings(
        width=options.count("width", usual.width),
        height=options.count("height", usual.height),
        fps=options.count("fps", 0) if options.has("fps") else 0,
        focus=options.real("focus", 0.0) if options.has("focus") else None,
        exposure=options.real("exposure", 0.0) if options.has("exposure") else None,
    )
    frozen = options.seconds("frozen_seconds", _FROZEN_SECONDS)
    options.finish()
    try:
        address = parse_camera_address(settings.address)
    except ValueError as error:
        raise ConfigurationError(f"{settings.key}.address", f"{settings.address!r} {error}.") from error
    return ThreadedCamera(partial(OpenCvSource, address, wanted), around.monotonic, around.chance, frozen)


def build_camera_scanner(settings: DeviceSettings, camera: Camera, surroundings: Surroundings | None = None) -> Scanner:
    """Driver `camera`: codes from the pictures of `camera`. Options: `duplicate_seconds`, `max_length`."""
    around = surroundings or Surroundings()
    options = options_for(settings, CAMERA_SCANNER_DRIVER)
    duplicates = options.seconds("duplicate_seconds", _DUPLICATE_SECONDS)
    longest = options.count("max_length", 512)
    options.finish()
    return CameraScanner(camera, around.monotonic, duplicates, longest)


def build_camera_zone_reader(
    settings: DeviceSettings, camera: Camera, surroundings: Surroundings | None = None
) -> IdentityReader:
    """Driver `mrz-camera`: passports and cards from the pictures of `camera`. Options: `frames`, and the tray's region
    as shares of the picture: `left`, `top`, `right`, `bottom`.

    Raises ConfigurationError, also when the optional extra `ocr` is not installed.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, CAMERA_ZONE_DRIVER)
    frames = options.count("frames", CameraReading().frames)
    region = Region(*(options.share(name, usual) for name, usual in _EDGES.items()))
    options.finish()
    if region.left >= region.right or region.top >= region.bottom:
        raise ConfigurationError(f"{settings.key}.right", "the region must have a width and a height.")
    try:
        recogniser = OnnxRecogniser()
    except RecogniserMissingError as error:
        raise ConfigurationError(f"{settings.key}.driver", f"{error}.") from error
    reading = CameraReading(frames, region)
    return CameraZoneReader(camera, recogniser, around.monotonic, around.today, reading)


_EDGES = {"left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0}


def _sdt_reader(settings: DeviceSettings, options: DeviceOptions, around: Surroundings) -> SdtReader:
    usual = SdtTiming()
    timing = SdtTiming(options.seconds("answer_seconds", usual.answer), options.seconds("poll_seconds", usual.poll))
    options.finish()
    return SdtReader(connection_for(settings, around), around.monotonic, timing)
