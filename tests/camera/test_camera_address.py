"""Where a camera is, and how a USB one is found in the kernel's device tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.camera.address import UsbVideo, VideoIndex, VideoStream, find_usb_video, parse_camera_address
from drivers.errors import ConfigurationError
from drivers.registry import DeviceSettings
from drivers.registry_camera import build_camera
from drivers.transport.line import TransportError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("video://2", VideoIndex(2)),
        ("video:///dev/video0", VideoStream("/dev/video0")),
        ("video://by-id/46D:825", UsbVideo("046d", "0825", "")),
        ("video://by-id/046d:0825:AB12", UsbVideo("046d", "0825", "AB12")),
        ("http://127.0.0.1:8080/video", VideoStream("http://127.0.0.1:8080/video")),
        ("rtsp://127.0.0.1/1", VideoStream("rtsp://127.0.0.1/1")),
    ],
)
def test_addresses(text: str, address: object) -> None:
    assert parse_camera_address(text) == address


@pytest.mark.parametrize(
    ("address", "options", "key"),
    [
        ("usb:1", {}, "camera.address"),
        ("video://by-id/camera", {}, "camera.address"),
        ("tcp://127.0.0.1:1", {}, "camera.address"),
        ("video://0", {"width": "wide"}, "camera.width"),
        ("video://0", {"focus": "near"}, "camera.focus"),
        ("video://0", {"zoom": 1}, "camera.zoom"),
    ],
)
def test_a_mistake_names_its_key(address: str, options: dict[str, object], key: str) -> None:
    with pytest.raises(ConfigurationError) as mistake:
        build_camera(DeviceSettings("camera", "opencv", address, options))
    assert mistake.value.key == key


def plugged_in(root: Path, name: str, vendor: str, product: str, index: str, serial: str = "") -> None:
    """A device tree as Linux draws it: the entry points to an interface whose parent is the device."""
    device = root / "devices" / f"usb-{name}"
    interface = device / "interface"
    interface.mkdir(parents=True)
    for said, text in (("idVendor", vendor), ("idProduct", product), ("serial", serial)):
        (device / said).write_text(f"{text}\n")
    entry = root / "class" / name
    entry.mkdir(parents=True)
    (entry / "index").write_text(f"{index}\n")
    (entry / "device").symlink_to(interface)


def test_a_usb_camera_is_found_by_what_it_is(tmp_path: Path) -> None:
    plugged_in(tmp_path, "video0", "1111", "2222", "0")
    plugged_in(tmp_path, "video1", "046d", "0825", "1", "AB12")
    plugged_in(tmp_path, "video2", "046d", "0825", "0", "AB12")
    tree = tmp_path / "class"
    assert find_usb_video(UsbVideo("046d", "0825", ""), tree) == "/dev/video2"
    assert find_usb_video(UsbVideo("046d", "0825", "AB12"), tree) == "/dev/video2"
    with pytest.raises(TransportError, match="046d:0825"):
        find_usb_video(UsbVideo("046d", "0825", "other"), tree)
    with pytest.raises(TransportError):
        find_usb_video(UsbVideo("dead", "beef", ""), tree)
