"""Where a device is: `tcp://HOST:PORT`, `serial:///dev/ttyS0?baud=9600`, `serial://by-id/VENDOR:PRODUCT[:SERIAL]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never
from urllib.parse import SplitResult, parse_qsl, urlsplit

from serial.tools import list_ports

from drivers.transport.line import Connect, Transport, TransportError
from drivers.transport.serial_port import SerialTransport
from drivers.transport.tcp import TcpTransport

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
    """A USB serial device by what it is, wherever it is plugged in. `serial_number` empty = any."""

    vendor: int
    product: int
    serial_number: str
    baud: int


Address = TcpAddress | SerialAddress | UsbSerialAddress


def parse_address(text: str) -> Address:
    """Raises ValueError with half a sentence (`is not ...`) when `text` is no address."""
    parts = urlsplit(text)
    match parts.scheme:
        case "tcp" if parts.hostname:
            return TcpAddress(parts.hostname, _port(parts))
        case "serial" if parts.netloc == "by-id":
            return _usb(parts.path.strip("/"), _baud(parts.query))
        case "serial" if not parts.netloc and parts.path:
            return SerialAddress(parts.path, _baud(parts.query))
        case _:
            raise ValueError("is not of the form tcp://HOST:PORT, serial:///PATH or serial://by-id/VENDOR:PRODUCT")


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


def _usb(text: str, baud: int) -> UsbSerialAddress:
    vendor, _, rest = text.partition(":")
    product, _, serial_number = rest.partition(":")
    try:
        return UsbSerialAddress(int(vendor, 16), int(product, 16), serial_number, baud)
    except ValueError:
        raise ValueError("does not name VENDOR:PRODUCT as two hexadecimal numbers") from None


def connector(address: Address, seconds: float = CONNECT_SECONDS) -> Connect:
    """What connects to `address`; a USB device is looked for anew each time."""

    def connect() -> Transport:
        match address:
            case TcpAddress():
                return TcpTransport(address.host, address.port, seconds)
            case SerialAddress():
                return SerialTransport(address.path, address.baud)
            case UsbSerialAddress():
                return SerialTransport(_find(address), address.baud)
            case _:
                assert_never(address)

    return connect


def _find(address: UsbSerialAddress) -> str:
    for port in list_ports.comports():
        same_kind = (port.vid, port.pid) == (address.vendor, address.product)
        if same_kind and address.serial_number in {"", port.serial_number}:
            return str(port.device)
    raise TransportError(f"no USB serial device {address.vendor:04x}:{address.product:04x} is plugged in")
