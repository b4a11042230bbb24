"""From configuration to a driver: the one place that knows which class stands behind a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.registry_printer import build_drawer, build_escpos, build_printer
from drivers.scanner.driver import SerialScanner
from drivers.scanner.framing import SUFFIXES, Framing

if TYPE_CHECKING:
    from drivers.camera.scanner import CameraScanner

__all__ = ["DeviceSettings", "Surroundings", "build_drawer", "build_escpos", "build_printer", "build_scanner"]

CAMERA_DRIVER = "camera"
SCANNER_DRIVERS = ("serial", "keyboard", CAMERA_DRIVER)


def build_scanner(settings: DeviceSettings, surroundings: Surroundings | None = None) -> SerialScanner | CameraScanner:
    """Driver `serial`, `keyboard` for one that poses as a keyboard (`evdev://...`), or `camera` (`video://0` and the
    options of `build_camera_scanner`).

    Options of the first two: `prefix`, `suffix` (cr, lf, crlf, tab, none), `idle_seconds`, `max_length`,
    `duplicate_seconds`. Raises ConfigurationError.
    """
    if settings.driver == CAMERA_DRIVER:
        from drivers.registry_camera import build_camera_scanner  # noqa: PLC0415 - OpenCV only where there is a camera

        return build_camera_scanner(settings, surroundings)
    around = surroundings or Surroundings()
    options = options_for(settings, *SCANNER_DRIVERS)
    usual = Framing()
    framing = Framing(
        prefix=options.text("prefix", "").encode(),
        suffix=options.choice("suffix", SUFFIXES, "cr"),
        idle_seconds=options.seconds("idle_seconds", usual.idle_seconds),
        max_length=options.count("max_length", usual.max_length),
        duplicate_seconds=options.seconds("duplicate_seconds", usual.duplicate_seconds),
    )
    options.finish()
    return SerialScanner(connection_for(settings, around), framing, around.monotonic)
