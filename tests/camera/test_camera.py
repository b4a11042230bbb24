"""The camera's contract, over a real stream of pictures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from drivers.contracts.camera import Camera, CameraFrozen, CameraLost, Frame, NoNewFrame
from drivers.emulators.mjpeg_camera import CameraTrouble, MjpegCameraEmulator


def frame(camera: Camera, after: int = 0, seconds: float = 5.0) -> Frame:
    """The next picture; while the camera is made again, losses are passed over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = camera.next_frame(after, 0.5)
        if isinstance(answer, Frame):
            return answer
        time.sleep(0.02)
    raise AssertionError(answer)


def test_pictures_come_in_order(camera: Camera) -> None:
    first = frame(camera)
    second = frame(camera, first.number)
    assert first.pixels.shape == (720, 1280, 3)
    assert second.number > first.number
    assert second.taken_at > first.taken_at


def test_only_the_newest_picture_is_kept(lens: MjpegCameraEmulator, camera: Camera) -> None:
    frame(camera)
    lens.show(np.full((720, 1280, 3), 20, np.uint8))
    time.sleep(0.7)
    assert frame(camera).pixels.mean() < 40, "what is before the camera now, not a queue of what was"


def test_without_a_newer_picture_there_is_none(lens: MjpegCameraEmulator, camera: Camera) -> None:
    first = frame(camera)
    lens.set_fault(CameraTrouble.SLOW)
    time.sleep(0.3)
    newest = frame(camera, first.number - 1)
    assert isinstance(camera.next_frame(newest.number, 0.05), NoNewFrame | Frame)
    assert isinstance(camera.next_frame(newest.number + 1000, 0.05), NoNewFrame)


def test_a_picture_that_stands_still_is_no_picture(lens: MjpegCameraEmulator, camera: Camera) -> None:
    frame(camera)
    lens.set_fault(CameraTrouble.FROZEN)
    await_answer(camera, CameraFrozen)
    lens.clear_fault(CameraTrouble.FROZEN)
    frame(camera)


def await_answer(camera: Camera, kind: type[CameraFrozen] | type[CameraLost], seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not isinstance(camera.next_frame(0, 0.1), kind):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("trouble", [CameraTrouble.STALLED, CameraTrouble.GARBLED])
def test_a_camera_without_pictures_is_lost_and_found(
    lens: MjpegCameraEmulator, camera: Camera, trouble: CameraTrouble
) -> None:
    frame(camera)
    lens.set_fault(trouble)
    await_answer(camera, CameraLost)
    lens.clear_fault(trouble)
    frame(camera, seconds=15)


def test_unplugged_and_plugged_again(lens: MjpegCameraEmulator, camera: Camera) -> None:
    frame(camera)
    lens.unplug()
    await_answer(camera, CameraLost)
    lens.plug()
    frame(camera, seconds=15)


def test_a_camera_that_hangs_up_is_called_again(lens: MjpegCameraEmulator, camera: Camera) -> None:
    lens.set_fault(CameraTrouble.HANGS_UP)
    numbers = {frame(camera, after).number for after in (0, 4, 8)}
    assert max(numbers) > 8


def test_an_absent_camera_is_lost_at_once(open_camera: Callable[..., Camera]) -> None:
    camera = open_camera("video:///dev/no-such-camera")
    began = time.monotonic()
    assert isinstance(camera.next_frame(0, 5.0), CameraLost)
    assert time.monotonic() - began < 4


def test_two_may_look_and_the_last_one_stops_it(lens: MjpegCameraEmulator, camera: Camera) -> None:
    camera.open()
    frame(camera)
    camera.close()
    seen = frame(camera)
    assert frame(camera, seen.number).number > seen.number, "the first user still sees"
    camera.close()
    assert "camera" not in {thread.name for thread in threading.enumerate()}
    stopped = camera.next_frame(0, 0.1)
    assert isinstance(stopped, Frame)
    assert isinstance(camera.next_frame(stopped.number, 0.3), NoNewFrame)
    camera.open()
    frame(camera)


def test_no_pixel_is_in_a_repr(camera: Camera) -> None:
    assert "array" not in repr(frame(camera))
