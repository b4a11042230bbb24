"""Modbus RTU, the two functions that a relay board needs. Source: Modbus application protocol V1.1b3.

Frame: unit, function, data, CRC-16 (polynomial A001h reflected, start FFFFh) low byte first.
"""

from __future__ import annotations

from dataclasses import dataclass

_READ_INPUTS, _WRITE_COIL = 0x02, 0x05
_ERROR = 0x80
_ON, _OFF = b"\xff\x00", b"\x00\x00"
_SHORTEST, _ERROR_LENGTH, _COIL_LENGTH = 4, 5, 8


@dataclass(frozen=True, slots=True)
class CoilWritten:
    """The board switched a relay: `coil` from 0."""

    coil: int
    on: bool


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs' levels, the first one asked for first. Whole bytes: those beyond what was asked for are False."""

    levels: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The board will not: 1 function, 2 address, 3 value, 4 failure."""

    code: int


@dataclass(frozen=True, slots=True)
class Incomplete:
    """More bytes are to come."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """No answer of this unit to one of our questions."""


Reply = CoilWritten | Inputs | Refused | Incomplete | Garbled


def write_coil(unit: int, coil: int, on: bool) -> bytes:
    """Function 05h: switches relay `coil`, from 0."""
    return _framed(bytes([unit, _WRITE_COIL]) + coil.to_bytes(2, "big") + (_ON if on else _OFF))


def read_inputs(unit: int, count: int) -> bytes:
    """Function 02h: the first `count` inputs."""
    return _framed(bytes([unit, _READ_INPUTS, 0, 0]) + count.to_bytes(2, "big"))


def read_reply(data: bytes, unit: int) -> Reply:
    """What `data` says, which must be one frame and no more. Never raises."""
    if len(data) < _SHORTEST:
        return Incomplete()
    length = _length(data)
    if data[0] != unit or length is None or len(data) > length:
        return Garbled()
    if len(data) < length:
        return Incomplete()
    return _content(data) if data == _framed(data[:-2]) else Garbled()


def _length(data: bytes) -> int | None:
    """Of the whole frame, by its head; None for a function that we never ask for."""
    function = data[1]
    if function in {_READ_INPUTS | _ERROR, _WRITE_COIL | _ERROR}:
        return _ERROR_LENGTH
    if function == _WRITE_COIL:
        return _COIL_LENGTH
    return 5 + data[2] if function == _READ_INPUTS else None


def _content(frame: bytes) -> Reply:
    if frame[1] & _ERROR:
        return Refused(frame[2])
    if frame[1] == _READ_INPUTS:
        return Inputs(tuple(bool(byte >> bit & 1) for byte in frame[3:-2] for bit in range(8)))
    state = frame[4:6]
    if state not in {_ON, _OFF}:
        return Garbled()
    return CoilWritten(int.from_bytes(frame[2:4], "big"), state == _ON)


def _framed(content: bytes) -> bytes:
    crc = 0xFFFF
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return content + crc.to_bytes(2, "little")
