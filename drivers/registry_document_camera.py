"""From configuration to a camera that reads documents."""

from __future__ import annotations

from drivers.contracts.camera import Camera
from drivers.device_settings import DeviceSettings, Surroundings
from drivers.errors import ConfigurationError
from drivers.identity.camera.reader import CameraReading, CameraZoneReader
from drivers.identity.camera.recogniser import OnnxRecogniser, RecogniserMissingError
from drivers.identity.camera.sighting import Region
from drivers.options import DeviceOptions
from drivers.registry_camera import camera_of

_EDGES = {"left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0}


def camera_zone_reader(
    settings: DeviceSettings, options: DeviceOptions, around: Surroundings, camera: Camera | None
) -> CameraZoneReader:
    """Driver `mrz-camera`; its options stand at `build_identity_reader`. Raises ConfigurationError."""
    eye = camera or camera_of(settings, options, around)
    frames = options.count("frames", CameraReading().frames)
    region = Region(*(options.share(name, usual) for name, usual in _EDGES.items()))
    options.finish()
    if region.left >= region.right or region.top >= region.bottom:
        raise ConfigurationError(f"{settings.key}.right", "the region must have a width and a height.")
    try:
        recogniser = OnnxRecogniser()
    except RecogniserMissingError as error:
        raise ConfigurationError(f"{settings.key}.driver", f"{error}.") from error
    return CameraZoneReader(eye, recogniser, around.monotonic, around.today, CameraReading(frames, region))
