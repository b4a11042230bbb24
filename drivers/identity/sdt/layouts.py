"""The four layouts of a card's 256 bytes of text: UTF-16LE, padded with spaces, told apart by the letter at 248.

Layout Y (foreign permanent residents, 2023) is known from readers' manuals, not from an official text.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from drivers.contracts.identity import IdentityKind

TEXT_BYTES: Final = 256
_TYPE_AT, _TYPE_BYTES = 248, 2


@dataclass(frozen=True, slots=True)
class Layout:
    """`places` gives each field's offset and length in bytes."""

    kind: IdentityKind
    places: MappingProxyType[str, tuple[int, int]]


def _layout(kind: IdentityKind, **places: tuple[int, int]) -> Layout:
    return Layout(kind, MappingProxyType(places))


_OF_RESIDENTS = {
    "name": (0, 30),
    "sex": (30, 2),
    "birth": (36, 16),
    "address": (52, 70),
    "number": (122, 36),
    "authority": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
}
_LAYOUTS = {
    "": _layout(IdentityKind.RESIDENT_CARD, **_OF_RESIDENTS, ethnic_group=(32, 4)),
    "J": _layout(IdentityKind.HK_MACAO_TAIWAN_PERMIT, **_OF_RESIDENTS, pass_number=(220, 18), issue_count=(238, 4)),
    "I": _layout(
        IdentityKind.FOREIGN_PERMANENT_RESIDENT,
        latin_name=(0, 120),
        sex=(120, 2),
        number=(122, 30),
        nationality=(152, 6),
        name=(158, 30),
        valid_from=(188, 16),
        valid_until=(204, 16),
        birth=(220, 16),
        version=(236, 4),
        authority=(240, 8),
    ),
    "Y": _layout(
        IdentityKind.FOREIGN_PERMANENT_RESIDENT,
        name=(0, 30),
        sex=(30, 2),
        renewals=(32, 4),
        birth=(36, 16),
        latin_name=(52, 70),
        number=(122, 36),
        valid_from=(188, 16),
        valid_until=(204, 16),
        latin_name_continued=(220, 22),
        nationality=(242, 6),
    ),
}


def layout_of(text: bytes) -> Layout | None:
    """The layout that a block of 256 bytes says it has; None for an unknown letter."""
    letter = _field(text, (_TYPE_AT, _TYPE_BYTES))
    return None if letter is None else _LAYOUTS.get(letter)


def fields_of(layout: Layout, text: bytes) -> dict[str, str] | None:
    """Every field without its padding; None when one is no text."""
    fields: dict[str, str] = {}
    for name, place in layout.places.items():
        value = _field(text, place)
        if value is None:
            return None
        fields[name] = value
    return fields


def _field(text: bytes, place: tuple[int, int]) -> str | None:
    offset, length = place
    try:
        value = text[offset : offset + length].decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    value = value.rstrip(" \0")
    return value if value.isprintable() else None
