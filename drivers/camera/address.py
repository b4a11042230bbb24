"""Where a camera is: `video://0`, `video:///dev/video2`, `video://by-id/VENDOR:PRODUCT[:SERIAL]`, `http://...`,
`rtsp://...`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from drivers.transport.line import TransportError

_VIDEO_CLASS = Path("/sys/class/video4linux")


@dataclass(frozen=True, slots=True)
class VideoIndex:
    """The system's n-th camera: may be another after a restart."""

    number: int


@dataclass(frozen=True, slots=True)
class VideoStream:
    """A device file, or the address of a network camera."""

    where: str


@dataclass(frozen=True, slots=True)
class UsbVideo:
    """A USB camera by what it is, wherever it is plugged in. `serial_number` empty = any."""

    vendor: str
    product: str
    serial_number: str


CameraAddress = VideoIndex | VideoStream | UsbVideo


def parse_camera_address(text: str) -> CameraAddress:
    """Raises ValueError with half a sentence (`is not ...`) when `text` is no camera's address."""
    parts = urlsplit(text)
    match parts.scheme:
        case "http" | "https" | "rtsp" if parts.hostname:
            return VideoStream(text)
        case "video" if parts.netloc == "by-id":
            return _usb(parts.path.strip("/"))
        case "video" if parts.netloc.isdecimal():
            return VideoIndex(int(parts.netloc))
        case "video" if not parts.netloc and parts.path:
            return VideoStream(parts.path)
        case _:
            raise ValueError("is not of the form video://0, video:///PATH, video://by-id/VENDOR:PRODUCT or http://...")


def _usb(text: str) -> UsbVideo:
    vendor, _, rest = text.partition(":")
    product, _, serial_number = rest.partition(":")
    try:
        return UsbVideo(f"{int(vendor, 16):04x}", f"{int(product, 16):04x}", serial_number)
    except ValueError:
        raise ValueError("does not name VENDOR:PRODUCT as two hexadecimal numbers") from None


def find_usb_video(wanted: UsbVideo, video_class: Path = _VIDEO_CLASS) -> str:
    """The device file of a USB camera, from the kernel's device tree (Linux). Raises TransportError.

    A camera has several entries; index 0 is the one that gives pictures.
    """
    for entry in sorted(video_class.glob("video*")):
        device = (entry / "device" / "..").resolve()
        same_kind = (_said(device / "idVendor"), _said(device / "idProduct")) == (wanted.vendor, wanted.product)
        right_one = wanted.serial_number in {"", _said(device / "serial")}
        if same_kind and right_one and _said(entry / "index") in {"", "0"}:
            return f"/dev/{entry.name}"
    raise TransportError(f"no USB camera {wanted.vendor}:{wanted.product} is plugged in")


def _said(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
