"""IPP as a print service reads and writes it, from RFC 8010. Shares nothing with the driver's codec."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_OPERATION, _JOB, _END, _PRINTER = 1, 2, 3, 4


class NotIppError(ValueError):
    """The request is cut off or is none."""


@dataclass(frozen=True, slots=True)
class IppRequest:
    """A request: attributes by name (the first value), and the document behind them."""

    operation: int
    number: int
    attributes: dict[str, bytes]
    document: bytes


def read_request(body: bytes) -> IppRequest:
    """Raises NotIppError."""
    try:
        _, _, operation, number = struct.unpack_from(">BBHI", body)
        attributes, place = _attributes(body, 8)
    except (struct.error, IndexError) as error:
        raise NotIppError(str(error)) from error
    return IppRequest(operation, number, attributes, body[place:])


def _attributes(body: bytes, place: int) -> tuple[dict[str, bytes], int]:
    attributes: dict[str, bytes] = {}
    while body[place] != _END:
        if body[place] < 0x10:
            place += 1
            continue
        name, place = _counted(body, place + 1)
        value, place = _counted(body, place)
        if name:
            attributes[name.decode()] = value
    return attributes, place + 1


def _counted(body: bytes, place: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", body, place)
    end = place + 2 + length
    if end > len(body):
        raise IndexError("the message ends within a value")
    return body[place + 2 : end], end


def write_job(number: int, status: int, job_id: int, state: int) -> bytes:
    """The answer to Print-Job and Get-Job-Attributes."""
    group = bytes([_JOB]) + _integer(0x21, "job-id", job_id) + _integer(0x23, "job-state", state)
    return _answer(number, status) + group + bytes([_END])


def write_printer(number: int, state: int, reasons: list[str], accepting: bool) -> bytes:
    """The answer to Get-Printer-Attributes."""
    group = bytes([_PRINTER]) + _integer(0x23, "printer-state", state)
    for place, reason in enumerate(reasons or ["none"]):
        group += _value(0x44, "" if place else "printer-state-reasons", reason.encode())
    group += _value(0x22, "printer-is-accepting-jobs", bytes([accepting]))
    return _answer(number, 0) + group + bytes([_END])


def write_error(number: int, status: int) -> bytes:
    """The answer to what was not done."""
    return _answer(number, status) + bytes([_END])


def _answer(number: int, status: int) -> bytes:
    head = struct.pack(">BBHI", 2, 0, status, number) + bytes([_OPERATION])
    return head + _value(0x47, "attributes-charset", b"utf-8") + _value(0x48, "attributes-natural-language", b"en")


def _integer(tag: int, name: str, value: int) -> bytes:
    return _value(tag, name, struct.pack(">i", value))


def _value(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value
