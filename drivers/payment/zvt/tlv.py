"""TLV containers of ZVT (PA00P015): tags of one or more bytes, lengths of one to three."""

from __future__ import annotations

from dataclasses import dataclass, field

_CONSTRUCTED = 0x20
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object; `parts` are the objects inside a constructed one."""

    tag: int
    value: bytes = field(repr=False)
    parts: tuple[Tlv, ...] = ()


def tlv_length(data: bytes) -> tuple[int, int] | None:
    """(length, bytes that the length itself takes) at the beginning of `data`; None when there is none."""
    if not data:
        return None
    if data[0] < 0x80:
        return data[0], 1
    count = data[0] & 0x7F
    if not 1 <= count <= 2 or len(data) < 1 + count:
        return None
    return int.from_bytes(data[1 : 1 + count], "big"), 1 + count


def parse_tlv(data: bytes, depth: int = 0) -> tuple[Tlv, ...] | None:
    """All objects of a container; None when the bytes are not whole objects."""
    found = []
    while data:
        tag = _tag(data)
        length = tlv_length(data[tag[1] :]) if tag else None
        if tag is None or length is None:
            return None
        begin = tag[1] + length[1]
        value = data[begin : begin + length[0]]
        if len(value) < length[0]:
            return None
        parts = parse_tlv(value, depth + 1) if data[0] & _CONSTRUCTED and depth < _DEEPEST else ()
        if parts is None:
            return None
        found.append(Tlv(tag[0], value, parts))
        data = data[begin + length[0] :]
    return tuple(found)


def find(objects: tuple[Tlv, ...], tag: int) -> list[Tlv]:
    """Every object of this tag, at any depth, in order."""
    found = []
    for each in objects:
        if each.tag == tag:
            found.append(each)
        found += find(each.parts, tag)
    return found


def _tag(data: bytes) -> tuple[int, int] | None:
    """(tag, its size); tags of up to three bytes."""
    if data[0] & 0x1F != 0x1F:
        return data[0], 1
    for size in (2, 3):
        if len(data) < size:
            return None
        if not data[size - 1] & 0x80:
            return int.from_bytes(data[:size], "big"), size
    return None
