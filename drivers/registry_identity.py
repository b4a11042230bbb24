"""From configuration to a reader of identity documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.contracts.camera import Camera
from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.identity.mrz.serial_reader import SerialZoneReader
from drivers.identity.sdt.dialogue import SdtTiming
from drivers.identity.sdt.driver import SdtReader
from drivers.options import DeviceOptions

if TYPE_CHECKING:
    from drivers.identity.camera.reader import CameraZoneReader

SDT_DRIVER = "sdt"
ZONE_DRIVER = "mrz-serial"
CAMERA_ZONE_DRIVER = "mrz-camera"
_IDLE_SECONDS = 0.3


def build_identity_reader(
    settings: DeviceSettings, surroundings: Surroundings | None = None, camera: Camera | None = None
) -> SdtReader | SerialZoneReader | CameraZoneReader:
    """Driver `sdt` (resident cards, 115200 baud), `mrz-serial` (passports) or `mrz-camera` (the same from the pictures
    of `camera`, or of one of its own at the address; needs the optional extra `ocr`).

    Options of `sdt`: `answer_seconds`, `poll_seconds`; of `mrz-serial`: `idle_seconds`; of `mrz-camera`: `frames`, the
    tray's region as shares of the picture (`left`, `top`, `right`, `bottom`), and those of its own camera.
    Raises ConfigurationError.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, SDT_DRIVER, ZONE_DRIVER, CAMERA_ZONE_DRIVER)
    if settings.driver == SDT_DRIVER:
        return _sdt_reader(settings, options, around)
    if settings.driver == ZONE_DRIVER:
        return _serial_zone_reader(settings, options, around)
    return _camera_zone_reader(settings, options, around, camera)


def _sdt_reader(settings: DeviceSettings, options: DeviceOptions, around: Surroundings) -> SdtReader:
    usual = SdtTiming()
    timing = SdtTiming(options.seconds("answer_seconds", usual.answer), options.seconds("poll_seconds", usual.poll))
    options.finish()
    return SdtReader(connection_for(settings, around), around.monotonic, timing)


def _serial_zone_reader(settings: DeviceSettings, options: DeviceOptions, around: Surroundings) -> SerialZoneReader:
    idle = options.seconds("idle_seconds", _IDLE_SECONDS)
    options.finish()
    return SerialZoneReader(connection_for(settings, around), around.monotonic, around.today, idle)


def _camera_zone_reader(
    settings: DeviceSettings, options: DeviceOptions, around: Surroundings, camera: Camera | None
) -> CameraZoneReader:
    from drivers.registry_document_camera import camera_zone_reader  # noqa: PLC0415 - OpenCV only where it is needed

    return camera_zone_reader(settings, options, around, camera)
