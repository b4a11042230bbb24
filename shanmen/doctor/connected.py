"""What is plugged in, by what it is: serial devices, USB printers, card readers, cameras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drivers.transport.address import (
    PrinterNodeAddress,
    SerialAddress,
    UsbPrinterAddress,
    UsbSerialAddress,
    parse_address,
)
from drivers.transport.usb_places import UsbIdentity, UsbPlaces
from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine

_PRINTERS, _CAMERAS = "class/usbmisc", "class/video4linux"


@dataclass(frozen=True, slots=True)
class Plugged:
    """One device. `identity` is `VENDOR:PRODUCT`, empty for one that is not on USB; `path` is where it is now."""

    kind: str  # serial, printer, camera, card-reader
    path: str
    identity: str = ""
    name: str = ""


def what_is_connected(places: UsbPlaces) -> tuple[Plugged, ...]:
    """Everything of a kind that a ticket machine has."""
    return (*_serial(places), *_printers(places), *_cameras(places), *_card_readers())


def look_at_connections(machine: Machine, connected: tuple[Plugged, ...]) -> Iterator[Finding]:
    """What no setting names, and what is there for member cards and pictures."""
    claimed = set(_claimed(machine))
    for each in connected:
        if each.kind in ("serial", "printer") and each.identity and not {each.path, each.identity} & claimed:
            key = "UNCLAIMED_SERIAL" if each.kind == "serial" else "UNCLAIMED_PRINTER"
            yield Finding(key, facts={"identity": each.identity, "name": each.name or "-"})
    for kind, key in (("card-reader", "CARD_READERS"), ("camera", "CAMERAS")):
        names = [each.name or each.path for each in connected if each.kind == kind]
        if names:
            yield Finding(key, facts={"names": ", ".join(names)})


def _claimed(machine: Machine) -> Iterator[str]:
    for device in machine.devices:
        try:
            address = parse_address(device.address)
        except ValueError:
            continue
        match address:
            case SerialAddress(path=path) | PrinterNodeAddress(path=path):
                yield path
            case UsbSerialAddress(identity=identity) | UsbPrinterAddress(identity=identity):
                yield str(UsbIdentity(identity.vendor, identity.product))
            case _:
                pass


def _serial(places: UsbPlaces) -> Iterator[Plugged]:
    for port in places.ports():
        identity = "" if port.vid is None or port.pid is None else str(UsbIdentity(port.vid, port.pid))
        if identity:  # the main board's own ports are there whether or not anything is in them
            yield Plugged("serial", port.device, identity, str(getattr(port, "product", "") or ""))


def _printers(places: UsbPlaces) -> Iterator[Plugged]:
    for entry in sorted((places.sys / _PRINTERS).glob("lp*")):
        device = (entry / "device").resolve().parent
        try:
            vendor, product = (int(_text(device / name), 16) for name in ("idVendor", "idProduct"))
        except (OSError, ValueError):  # unplugged while we looked, or no USB device
            continue
        identity = str(UsbIdentity(vendor, product))
        yield Plugged("printer", str(places.dev / "usb" / entry.name), identity, _text_if_any(device / "product"))


def _cameras(places: UsbPlaces) -> Iterator[Plugged]:
    for entry in sorted((places.sys / _CAMERAS).glob("video*")):
        yield Plugged("camera", str(places.dev / entry.name), name=_text_if_any(entry / "name"))


def _card_readers() -> Iterator[Plugged]:
    """By PC/SC, where the optional library is installed and its service runs."""
    try:
        from smartcard.pcsc.PCSCExceptions import BaseSCardException  # type: ignore[import-untyped]  # noqa: PLC0415
        from smartcard.System import readers  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        return
    try:
        names = [str(reader) for reader in readers()]
    except BaseSCardException:
        return
    for name in names:
        yield Plugged("card-reader", "", name=name)


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace").strip()


def _text_if_any(path: Path) -> str:
    try:
        return _text(path)
    except OSError:
        return ""
