"""IPP/1.1 messages (RFC 8010, RFC 8011): the few operations that a raw queue needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

_VERSION = b"\x01\x01"
_OPERATION_GROUP, _END = 0x01, 0x03
_LAST_GROUP_TAG = 0x0F
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_TEXTS = range(0x40, 0x60)  # all kinds of character strings
_URI, _CHARSET, _LANGUAGE, _NAME, _MEDIA_TYPE, _KEYWORD = 0x45, 0x47, 0x48, 0x42, 0x49, 0x44

Value = int | str
Attributes = Mapping[str, tuple[Value, ...]]


class Operation(IntEnum):
    """Operation codes of RFC 8011."""

    PRINT_JOB = 0x0002
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


@dataclass(frozen=True, slots=True)
class IppAnswer:
    """A response: its status code and every attribute in it, whatever its group."""

    status: int
    attributes: Attributes

    @property
    def is_success(self) -> bool:
        """successful-ok and its kin."""
        return self.status < 0x0100

    def number(self, name: str) -> int | None:
        """The first value of an attribute that is a number."""
        return next((value for value in self.attributes.get(name, ()) if isinstance(value, int)), None)

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of an attribute that are texts."""
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, str))


def request(
    operation: Operation, number: int, printer_uri: str, *, job_id: int | None = None, wanted: Sequence[str] = ()
) -> bytes:
    """A question about a printer or one of its jobs."""
    body = _head(operation, number, printer_uri)
    if job_id is not None:
        body += _attribute(_INTEGER, "job-id", job_id.to_bytes(4, "big"))
    for place, name in enumerate(wanted):
        body += _attribute(_KEYWORD, "" if place else "requested-attributes", name.encode())
    return body + bytes([_END])


def print_job(number: int, printer_uri: str, job_name: str, data: bytes) -> bytes:
    """Print-Job with `data` as it is: no filter of the print service touches it."""
    head = _head(Operation.PRINT_JOB, number, printer_uri)
    head += _attribute(_NAME, "requesting-user-name", b"shanmen")
    head += _attribute(_NAME, "job-name", job_name.encode())
    head += _attribute(_MEDIA_TYPE, "document-format", b"application/vnd.cups-raw")
    return head + bytes([_END]) + data


def read_answer(data: bytes) -> IppAnswer | None:
    """A response; None when it is none or is cut off. Never raises."""
    if len(data) < 9 or data[0] not in {1, 2}:
        return None
    attributes: dict[str, tuple[Value, ...]] = {}
    place, name = 8, ""
    while place < len(data):
        tag = data[place]
        place += 1
        if tag == _END:
            return IppAnswer(int.from_bytes(data[2:4], "big"), attributes)
        if tag <= _LAST_GROUP_TAG:
            continue
        given = _text_at(data, place)
        value = _text_at(data, place + 2 + len(given)) if given is not None else None
        if given is None or value is None:
            return None
        name = given.decode("utf-8", "replace") or name  # without a name: another value of the one before
        attributes[name] = (*attributes.get(name, ()), *_value(tag, value))
        place += 4 + len(given) + len(value)
    return None


def _head(operation: Operation, number: int, printer_uri: str) -> bytes:
    head = _VERSION + operation.to_bytes(2, "big") + number.to_bytes(4, "big") + bytes([_OPERATION_GROUP])
    head += _attribute(_CHARSET, "attributes-charset", b"utf-8")
    head += _attribute(_LANGUAGE, "attributes-natural-language", b"en")
    return head + _attribute(_URI, "printer-uri", printer_uri.encode())


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    key = name.encode()
    return bytes([tag]) + len(key).to_bytes(2, "big") + key + len(value).to_bytes(2, "big") + value


def _text_at(data: bytes, place: int) -> bytes | None:
    """The bytes behind the two-byte length at `place`; None when the data ends before."""
    end = place + 2 + int.from_bytes(data[place : place + 2], "big")
    return data[place + 2 : end] if place + 2 <= len(data) and end <= len(data) else None


def _value(tag: int, value: bytes) -> tuple[Value, ...]:
    if tag in {_INTEGER, _ENUM, _BOOLEAN}:
        return (int.from_bytes(value, "big", signed=tag != _BOOLEAN),)
    return (value.decode("utf-8", "replace"),) if tag in _TEXTS else ()
