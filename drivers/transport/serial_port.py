"""A wire over a serial port or a USB adapter that behaves like one. 8N1, no flow control.

On a pty speed and parity are accepted and not enforced, so wrong line settings show only on real hardware.
"""

from __future__ import annotations

import os

import serial

from drivers.transport.line import TransportError


class SerialTransport:
    """An open serial port, locked against a second user. Raises TransportError when it is absent or in use."""

    def __init__(self, path: str, baud: int) -> None:
        try:
            self._port = serial.Serial(path, baud, timeout=0, write_timeout=0, exclusive=True)
        except (OSError, ValueError) as error:  # SerialException is an OSError
            raise TransportError(f"cannot open {path}: {_phrase(error)}") from error

    def read(self, limit: int, seconds: float) -> bytes:
        try:
            self._port.timeout = seconds
            first = self._port.read(1)
            if not first:
                return b""
            self._port.timeout = 0
            return bytes(first) + bytes(self._port.read(limit - 1))
        except (OSError, TypeError) as error:  # pyserial raises TypeError when the port closes under a read
            raise TransportError(f"serial port lost: {_phrase(error)}") from error

    def write(self, data: bytes, seconds: float) -> None:
        try:
            self._port.write_timeout = seconds
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TransportError("the device takes no more data") from error
        except OSError as error:
            raise TransportError(f"serial port lost: {_phrase(error)}") from error

    def close(self) -> None:
        self._port.close()


def _phrase(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return (os.strerror(number) if number else str(error) or type(error).__name__).lower()
