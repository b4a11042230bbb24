"""Whether there is anything to speak to at a device's address, before its driver speaks."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from drivers.device_settings import DeviceSettings
from drivers.transport.address import (
    Address,
    KeyboardAddress,
    PrinterNodeAddress,
    SerialAddress,
    TcpAddress,
    UsbKeyboardAddress,
    UsbPrinterAddress,
    UsbSerialAddress,
    connector,
    parse_address,
)
from drivers.transport.keyboard import find_keyboard
from drivers.transport.line import TransportError
from drivers.transport.usb_places import UsbPlaces
from shanmen.doctor.finding import Finding

_BUSY = (
    os.strerror(errno.EAGAIN).lower(),
    os.strerror(errno.EBUSY).lower(),
    "exclusively lock",
    "another program holds",
)


def what_is_in_the_way(device: DeviceSettings, places: UsbPlaces) -> Finding | None:
    """Why the device's port cannot be opened by this user now; None when it can."""
    try:
        address = parse_address(device.address)
    except ValueError as error:
        return Finding("SETTING_WRONG", device.key, {"key": f"{device.key}.address", "reason": f"{error}."})
    absent = Finding("DEVICE_ABSENT", device.key, {"address": device.address})
    try:
        path = _path(address, places)
    except TransportError:
        return absent
    if path is not None:
        if not path.exists():
            return absent
        if not os.access(path, os.R_OK | os.W_OK):
            return Finding("DEVICE_NO_RIGHT", device.key, {"path": str(path), "group": _group(path)})
    return _open(device, address, places, path)


def _open(device: DeviceSettings, address: Address, places: UsbPlaces, path: Path | None) -> Finding | None:
    try:
        connector(address, places=places)().close()
    except TransportError as error:
        if path is None:
            cause = error.cause.rpartition(": ")[2]
            return Finding("DEVICE_NOT_ON_NETWORK", device.key, {"address": device.address, "cause": cause})
        if any(phrase in error.cause for phrase in _BUSY):
            return Finding("DEVICE_IN_USE", device.key, {"path": str(path)})
        return Finding("DEVICE_ABSENT", device.key, {"address": device.address})
    return None


def _path(address: Address, places: UsbPlaces) -> Path | None:
    """The device's node; None for one on the network. Raises TransportError when it is not plugged in."""
    match address:
        case TcpAddress():
            return None
        case SerialAddress(path=path) | PrinterNodeAddress(path=path) | KeyboardAddress(path=path):
            return Path(path)
        case UsbSerialAddress(identity=identity):
            return Path(places.serial_port(identity))
        case UsbPrinterAddress(identity=identity):
            return Path(places.printer(identity))
        case UsbKeyboardAddress(identity=identity):
            return Path(find_keyboard(identity))


def _group(path: Path) -> str:
    """The group that may open it. A group without a name is told by its number."""
    number = path.stat().st_gid
    if sys.platform == "win32":
        return str(number)
    import grp  # noqa: PLC0415 - not on every system

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
