"""From a card's bytes to what it says: the read reply taken apart, the number held to its check digit."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from drivers.contracts.identity import (
    DocumentRead,
    DocumentUnreadable,
    IdentityDetails,
    IdentityKind,
    Photograph,
    UnreadableReason,
)
from drivers.identity.sdt.layouts import TEXT_BYTES, fields_of, layout_of

_SIZE_BYTES = 2
_PORTRAIT_ENCODING = "wlt"
_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_FOREIGN_OF_2017 = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_FOR_EVER = "长期"
_LATIN_NAME_LENGTH = 35  # characters of layout Y's first part


def read_card(data: bytes) -> DocumentRead | DocumentUnreadable:
    """`data` is a read reply's: two or three lengths (text, portrait, fingerprints), then the parts.

    Fingerprints are passed over unread. Never raises.
    """
    parts = _parts(data)
    if parts is None:
        return DocumentUnreadable(UnreadableReason.FORM)
    text, portrait = parts
    layout = layout_of(text)
    fields = fields_of(layout, text) if layout else None
    if layout is None or fields is None:
        return DocumentUnreadable(UnreadableReason.FORM)
    details = _details(layout.kind, fields)
    if isinstance(details, DocumentUnreadable):
        return details
    return DocumentRead(details, Photograph(_PORTRAIT_ENCODING, portrait) if portrait else None)


def _parts(data: bytes) -> tuple[bytes, bytes] | None:
    """Text and portrait, when the lengths at the head fit the whole."""
    for count in (2, 3):
        head = count * _SIZE_BYTES
        sizes = [int.from_bytes(data[at : at + _SIZE_BYTES], "big") for at in range(0, head, _SIZE_BYTES)]
        if len(data) == head + sum(sizes) and sizes[0] == TEXT_BYTES:
            return data[head : head + TEXT_BYTES], data[head + TEXT_BYTES : head + TEXT_BYTES + sizes[1]]
    return None


def _details(kind: IdentityKind, fields: dict[str, str]) -> IdentityDetails | DocumentUnreadable:
    number, birth = fields["number"], _day(fields["birth"])
    until = fields["valid_until"]
    expiry = _day(until)
    if birth is None or (expiry is None and until != _FOR_EVER):
        return DocumentUnreadable(UnreadableReason.FORM)
    if not _number_agrees(kind, number, birth, fields.get("nationality", "")):
        return DocumentUnreadable(UnreadableReason.CHECK_DIGIT)
    return IdentityDetails(
        kind=kind,
        number=number,
        holder=fields["name"],
        latin_name=_joined(fields.get("latin_name", ""), fields.get("latin_name_continued", "")),
        sex=_sex(fields["sex"]),
        birth=birth,
        nationality=fields.get("nationality", ""),
        expiry=expiry,
    )


def _joined(first: str, rest: str) -> str:
    """A space that fell on the break was cut off as padding."""
    return first.ljust(_LATIN_NAME_LENGTH) + rest if rest else first


def _number_agrees(kind: IdentityKind, number: str, birth: date, nationality: str) -> bool:
    """The 18 digits by their check digit and date of birth. The older foreigner's number (2017), whose last digit is
    made by no published rule, by the nationality and birth that it repeats."""
    if kind is IdentityKind.FOREIGN_PERMANENT_RESIDENT and _FOREIGN_OF_2017.fullmatch(number):
        return number[:3] == nationality and number[7:13] == f"{birth:%y%m%d}"
    if not _EIGHTEEN.fullmatch(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return number[17] == "10X98765432"[total % 11] and number[6:14] == f"{birth:%Y%m%d}"


def _day(text: str) -> date | None:
    if not (len(text) == 8 and text.isascii() and text.isdecimal()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _sex(code: str) -> Literal["female", "male", ""]:
    """GB/T 2261.1: 1 male, 2 female; 0 and 9 say nothing."""
    match code:
        case "1":
            return "male"
        case "2":
            return "female"
        case _:
            return ""
