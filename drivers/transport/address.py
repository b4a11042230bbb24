"""Where a device is.

`tcp://HOST:PORT`, `serial:///dev/ttyS0?baud=9600`, `serial://by-id/VENDOR:PRODUCT[:SERIAL]?baud=9600`,
`usb:///dev/usb/lp0`, `usb://by-id/VENDOR:PRODUCT[:SERIAL]`, and for scanners that pose as a keyboard
`evdev:///dev/input/event0`, `evdev://by-id/VENDOR:PRODUCT[:SERIAL]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from urllib.parse import SplitResult, parse_qsl, urlsplit

from drivers.transport.keyboard import find_keyboard, open_keyboard
from drivers.transport.line import Connect, Transport
from drivers.transport.serial_port import SerialTransport
from drivers.transport.tcp import TcpTransport
from drivers.transport.usb_places import UsbIdentity, UsbPlaces
from drivers.transport.usb_printer import UsbPrinterTransport

CONNECT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A device on the network."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial port by its path."""

    path: str
    baud: int


@dataclass(frozen=True, slots=True)
class UsbSerialAddress:
    """A USB serial device by what it is, wherever it is plugged in."""

    identity: UsbIdentity
    baud: int


@dataclass(frozen=True, slots=True)
class PrinterNodeAddress:
    """A USB printer by the path of its device node."""

    path: str


@dataclass(frozen=True, slots=True)
class UsbPrinterAddress:
    """A USB printer by what it is, wherever it is plugged in."""

    identity: UsbIdentity


@dataclass(frozen=True, slots=True)
class KeyboardAddress:
    """A keyboard by the path of its kernel events."""

    path: str


@dataclass(frozen=True, slots=True)
class UsbKeyboardAddress:
    """A USB keyboard by what it is, wherever it is plugged in."""

    identity: UsbIdentity


Address = (
    TcpAddress
    | SerialAddress
    | UsbSerialAddress
    | PrinterNodeAddress
    | UsbPrinterAddress
    | KeyboardAddress
    | UsbKeyboardAddress
)
_FORMS = "tcp://HOST:PORT, serial:///PATH, usb:///PATH, evdev:///PATH, or serial, usb, evdev://by-id/VENDOR:PRODUCT"


def parse_address(text: str) -> Address:
    """Raises ValueError with half a sentence (`is not ...`) when `text` is no address."""
    parts = urlsplit(text)
    match parts.scheme:
        case "tcp" if parts.hostname:
            return TcpAddress(parts.hostname, _port(parts))
        case "serial" if parts.netloc == "by-id":
            return UsbSerialAddress(UsbIdentity.parse(parts.path.strip("/")), _baud(parts.query))
        case "serial" if not parts.netloc and parts.path:
            return SerialAddress(parts.path, _baud(parts.query))
        case "usb" if parts.netloc == "by-id":
            return UsbPrinterAddress(UsbIdentity.parse(parts.path.strip("/")))
        case "usb" if not parts.netloc and parts.path.startswith("/"):
            return PrinterNodeAddress(parts.path)
        case "evdev" if parts.netloc == "by-id":
            return UsbKeyboardAddress(UsbIdentity.parse(parts.path.strip("/")))
        case "evdev" if not parts.netloc and parts.path.startswith("/"):
            return KeyboardAddress(parts.path)
        case _:
            raise ValueError(f"is not of the form {_FORMS}")


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        port = None
    if not port:
        raise ValueError("has no port from 1 to 65535")
    return port


def _baud(query: str) -> int:
    options = dict(parse_qsl(query, keep_blank_values=True))
    baud = options.pop("baud", "9600")
    if options:
        raise ValueError(f"has an unknown option {next(iter(options))!r}")
    if not baud.isdecimal() or int(baud) == 0:
        raise ValueError(f"has a baud rate {baud!r} that is no positive number")
    return int(baud)


def connector(address: Address, seconds: float = CONNECT_SECONDS, places: UsbPlaces | None = None) -> Connect:
    """What connects to `address`; a USB device is looked for anew each time, so it may come back elsewhere."""
    usb = places or UsbPlaces()

    def connect() -> Transport:
        match address:
            case TcpAddress():
                return TcpTransport(address.host, address.port, seconds)
            case SerialAddress():
                return SerialTransport(address.path, address.baud)
            case UsbSerialAddress():
                return SerialTransport(usb.serial_port(address.identity), address.baud)
            case PrinterNodeAddress():
                return UsbPrinterTransport(address.path)
            case UsbPrinterAddress():
                return UsbPrinterTransport(usb.printer(address.identity))
            case KeyboardAddress():
                return open_keyboard(address.path)
            case UsbKeyboardAddress():
                return open_keyboard(find_keyboard(address.identity))
            case _:
                assert_never(address)

    return connect
