"""A camera on loopback and what looks through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from drivers.contracts.camera import Camera
from drivers.contracts.scanner import Scanner
from drivers.emulators.mjpeg_camera import MjpegCameraEmulator
from drivers.registry import DeviceSettings
from drivers.registry_camera import build_camera, build_camera_scanner


@pytest.fixture
def lens() -> Iterator[MjpegCameraEmulator]:
    with MjpegCameraEmulator() as emulator:
        yield emulator


@pytest.fixture
def open_camera() -> Iterator[Callable[..., Camera]]:
    """Makes an open camera for an address; closed at the end."""
    with ExitStack() as stack:

        def make(address: str, **options: object) -> Camera:
            camera = build_camera(DeviceSettings("camera", "opencv", address, options))
            camera.open()
            stack.callback(camera.close)
            return camera

        yield make


@pytest.fixture
def camera(lens: MjpegCameraEmulator, open_camera: Callable[..., Camera]) -> Camera:
    return open_camera(lens.address, frozen_seconds=0.6)


@pytest.fixture
def scanner(camera: Camera) -> Iterator[Scanner]:
    scanner = build_camera_scanner(DeviceSettings("scanner", "camera", ""), camera=camera)
    scanner.open()
    yield scanner
    scanner.close()
