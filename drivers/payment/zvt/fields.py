"""The bitmaps (BMP) of ZVT messages: a number, then data of a length that the number tells (PA00P015)."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.payment.zvt.tlv import tlv_length

SERVICE_BYTE = 0x03
AMOUNT = 0x04
TLV = 0x06
TRACE = 0x0B
TIME = 0x0C
DATE = 0x0D
RESULT = 0x27
TERMINAL_ID = 0x29
CURRENCY = 0x49
RECEIPT_NO = 0x87
CARD_NAME = 0x8B

_FIXED: Mapping[int, int] = {
    **dict.fromkeys((0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x72, 0x73, 0x74, 0x75, 0x8A, 0x8C, 0xA0), 1),
    **dict.fromkeys((0xD0, 0xD2, 0xD3, 0xE0, 0xE9, 0xEA, 0xF0, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD), 1),
    **dict.fromkeys((0x0D, 0x0E, 0x17, 0x3A, 0x49, 0x87), 2),
    **dict.fromkeys((0x0B, 0x0C, 0x37, 0x3D, 0x88, 0xAA), 3),
    **dict.fromkeys((0x29, 0x70, 0x71), 4),
    0xBA: 5,
    0x04: 6,
    **dict.fromkeys((0x3B, 0xEB), 8),
    0x2A: 15,
}
# Counts of two or three decimal digits, each in a byte F0 to F9.
_COUNTED: Mapping[int, int] = {
    **dict.fromkeys((0x22, 0x23, 0x2D, 0x8B, 0xA7, 0xD1, *range(0xE1, 0xE9), *range(0xF1, 0xF9)), 2),
    **dict.fromkeys((0x24, 0x2E, 0x3C, 0x60, 0x9A, 0xAF), 3),
}


def parse_fields(data: bytes) -> Mapping[int, bytes] | None:
    """The bitmaps of a message by number; None when the bytes are not whole bitmaps, or one contradicts itself."""
    found: dict[int, bytes] = {}
    while data:
        extent = _extent(data[0], data[1:])
        if extent is None:
            return None
        begin, end = 1 + extent[0], 1 + extent[0] + extent[1]
        value = data[begin:end]
        if len(value) < extent[1] or found.get(data[0], value) != value:
            return None
        found[data[0]] = value
        data = data[end:]
    return found


def _extent(number: int, rest: bytes) -> tuple[int, int] | None:
    """(bytes that tell the length, length of the data)."""
    if number in _FIXED:
        return 0, _FIXED[number]
    if number == TLV:
        length = tlv_length(rest)
        return None if length is None else (length[1], length[0])
    digits = _COUNTED.get(number)
    if digits is None or len(rest) < digits or any(byte & 0xF0 != 0xF0 or byte > 0xF9 for byte in rest[:digits]):
        return None
    return digits, int("".join(str(byte & 0x0F) for byte in rest[:digits]))


def number(digits: bytes | None) -> int | None:
    """Packed decimal digits; None when there are none, or they are no digits."""
    text = digits.hex() if digits else ""
    return int(text) if text.isdecimal() else None


def packed(value: int, size: int) -> bytes:
    """A number in so many bytes of packed decimal digits. Raises ValueError when it does not fit."""
    text = f"{value:0{size * 2}}"
    if value < 0 or len(text) > size * 2:
        raise ValueError("a number too large for its field")
    return bytes.fromhex(text)
