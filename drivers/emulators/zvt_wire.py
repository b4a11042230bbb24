"""The terminal's side of ZVT's bytes, written apart from the driver's: messages, fields, serial frames."""

from __future__ import annotations

import binascii
import contextlib
import os
import select
import socket
import struct
from abc import ABC, abstractmethod

Message = tuple[int, bytes]


class LineClosedError(Exception):
    """The register hung up, or we did."""


def message(command: int, data: bytes = b"") -> bytes:
    """A whole message."""
    if len(data) < 255:
        return struct.pack(">HB", command, len(data)) + data
    return struct.pack(">HB", command, 255) + struct.pack("<H", len(data)) + data


def digits(value: int, size: int) -> bytes:
    """Packed decimal digits in `size` bytes."""
    return bytes.fromhex(str(value).zfill(2 * size))


def counted(number: int, text: bytes, places: int) -> bytes:
    """A bitmap with its length in `places` bytes F0 to F9."""
    length = bytes(0xF0 | int(digit) for digit in str(len(text)).zfill(places))
    return bytes((number,)) + length + text


def object_of(tag: str, value: bytes) -> bytes:
    """A TLV data object; `tag` in hexadecimal."""
    size = len(value)
    length = (
        bytes((size,)) if size < 128 else b"\x81" + bytes((size,)) if size < 256 else b"\x82" + size.to_bytes(2, "big")
    )
    return bytes.fromhex(tag) + length + value


def checksum(data: bytes) -> bytes:
    """CRC-16 of a serial frame, as sent: binascii's works on the mirrored bits of the same polynomial."""
    crc = binascii.crc_hqx(bytes(int(f"{byte:08b}"[::-1], 2) for byte in data), 0)
    return int(f"{crc:016b}"[::-1], 2).to_bytes(2, "little")


class Channel(ABC):
    """An open line to a register."""

    def __init__(self) -> None:
        self._buffer = b""

    @abstractmethod
    def _receive(self, seconds: float) -> bytes:
        """Some bytes; none when none came. Raises LineClosedError."""

    @abstractmethod
    def raw(self, data: bytes) -> None:
        """Sends bytes as they are. Raises LineClosedError."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def send(self, command: int, data: bytes = b"") -> None: ...

    @abstractmethod
    def receive(self, seconds: float) -> Message | None:
        """The next message; None when none came in time."""


class TcpChannel(Channel):
    """Messages as they are."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__()
        self._connection = connection

    def raw(self, data: bytes) -> None:
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise LineClosedError from error

    def send(self, command: int, data: bytes = b"") -> None:
        self.raw(message(command, data))

    def receive(self, seconds: float) -> Message | None:
        whole = self._whole()
        if whole is None:
            self._buffer += self._receive(seconds)
            whole = self._whole()
        return whole

    def close(self) -> None:
        with contextlib.suppress(OSError):  # gone already
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def _whole(self) -> Message | None:
        taken = take(self._buffer)
        if taken is None:
            return None
        self._buffer = taken[1]
        return taken[0]

    def _receive(self, seconds: float) -> bytes:
        try:
            self._connection.settimeout(seconds)
            data = self._connection.recv(4096)
        except TimeoutError:
            return b""
        except OSError as error:
            raise LineClosedError from error
        if not data:
            raise LineClosedError
        return data


class SerialChannel(Channel):
    """Frames over the master end of a pty, each answered by one byte."""

    def __init__(self, master: int) -> None:
        super().__init__()
        self._master = master
        self.deaf_for = 0  # so many frames are answered with NAK

    def raw(self, data: bytes) -> None:
        try:
            os.write(self._master, data)
        except OSError as error:
            raise LineClosedError from error

    def send(self, command: int, data: bytes = b"") -> None:
        inside = message(command, data)
        self.raw(b"\x10\x02" + inside.replace(b"\x10", b"\x10\x10") + b"\x10\x03" + checksum(inside + b"\x03"))

    def receive(self, seconds: float) -> Message | None:
        found = self._frame()
        if found is None:
            self._buffer += self._receive(seconds)
            found = self._frame()
        if found is None:
            return None
        taken = take(found[0])
        right = taken is not None and checksum(found[0] + b"\x03") == found[1]
        if not right or self.deaf_for:
            self.deaf_for = max(0, self.deaf_for - 1)
            self.raw(b"\x15")
            return None
        self.raw(b"\x06")
        return taken[0] if taken else None

    def close(self) -> None:
        """The register stays plugged in: only what was read is forgotten."""
        self._buffer = b""

    def _frame(self) -> tuple[bytes, bytes] | None:
        """(message, checksum) of the first whole frame; the bytes before it are dropped."""
        start = self._buffer.find(b"\x10\x02")
        if start < 0:
            return None
        at, inside = start + 2, bytearray()
        while at + 1 < len(self._buffer):
            if self._buffer[at] != 0x10:
                inside.append(self._buffer[at])
                at += 1
            elif self._buffer[at + 1] == 0x03:
                if len(self._buffer) < at + 4:
                    return None
                check, self._buffer = self._buffer[at + 2 : at + 4], self._buffer[at + 4 :]
                return bytes(inside), check
            else:
                inside.append(self._buffer[at + 1])
                at += 2
        return None

    def _receive(self, seconds: float) -> bytes:
        try:
            ready, _, _ = select.select([self._master], [], [], seconds)
            return os.read(self._master, 4096) if ready else b""
        except OSError as error:
            raise LineClosedError from error


def take(data: bytes) -> tuple[Message, bytes] | None:
    """The first message and the rest."""
    if len(data) < 3 or (data[2] == 255 and len(data) < 5):
        return None
    begin, size = (5, struct.unpack("<H", data[3:5])[0]) if data[2] == 255 else (3, data[2])
    if len(data) < begin + size:
        return None
    return (struct.unpack(">H", data[:2])[0], data[begin : begin + size]), data[begin + size :]
