"""Where on this machine a USB device is now: found by vendor, product and serial number, never by ttyUSB0 or lp0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from serial.tools import list_ports

from drivers.transport.line import TransportError

_PRINTER_CLASS = "class/usbmisc"


class ListedPort(Protocol):
    """A serial port as pyserial lists it."""

    device: str
    vid: int | None
    pid: int | None
    serial_number: str | None


@dataclass(frozen=True, slots=True)
class UsbIdentity:
    """What a USB device is. `serial_number` empty = any."""

    vendor: int
    product: int
    serial_number: str = ""

    def __str__(self) -> str:
        number = f":{self.serial_number}" if self.serial_number else ""
        return f"{self.vendor:04x}:{self.product:04x}{number}"

    @classmethod
    def parse(cls, text: str) -> UsbIdentity:
        """Reads `VENDOR:PRODUCT[:SERIAL]`. Raises ValueError with half a sentence."""
        vendor, _, rest = text.partition(":")
        product, _, serial_number = rest.partition(":")
        try:
            return cls(int(vendor, 16), int(product, 16), serial_number)
        except ValueError:
            raise ValueError("does not name VENDOR:PRODUCT as two hexadecimal numbers") from None

    def is_of(self, vendor: int | None, product: int | None, serial_number: str | None) -> bool:
        """Whether a device with these numbers is meant."""
        same_kind = (vendor, product) == (self.vendor, self.product)
        return same_kind and self.serial_number in {"", serial_number}


@dataclass(frozen=True, slots=True)
class UsbPlaces:
    """The machine's own lists of devices. A device that comes back under another name is found there."""

    ports: Callable[[], Iterable[ListedPort]] = list_ports.comports
    sys: Path = Path("/sys")
    dev: Path = Path("/dev")

    def serial_port(self, identity: UsbIdentity) -> str:
        """The path of the serial port. Raises TransportError when it is not plugged in."""
        for port in self.ports():
            if identity.is_of(port.vid, port.pid, port.serial_number):
                return port.device
        raise TransportError(f"no USB serial device {identity} is plugged in")

    def printer(self, identity: UsbIdentity) -> str:
        """The path of the printer's device node. Raises TransportError when it is not plugged in."""
        for entry in sorted((self.sys / _PRINTER_CLASS).glob("lp*")):
            if _is_of(entry / "device", identity):
                return str(self.dev / "usb" / entry.name)
        raise TransportError(f"no USB printer {identity} is plugged in")


def _is_of(interface: Path, identity: UsbIdentity) -> bool:
    """`interface` is the USB interface; its device, one step above, says what it is."""
    device = interface.resolve().parent
    try:
        vendor, product = (int(_attribute(device, name), 16) for name in ("idVendor", "idProduct"))
    except (OSError, ValueError):  # unplugged while we looked, or no USB device
        return False
    try:
        number = _attribute(device, "serial")
    except OSError:
        number = ""
    return identity.is_of(vendor, product, number)


def _attribute(device: Path, name: str) -> str:
    return (device / name).read_text("utf-8", errors="replace").strip()
