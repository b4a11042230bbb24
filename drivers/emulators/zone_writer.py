"""Machine-readable zones of made-up people, written from ICAO 9303's descriptions of each line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

ZoneSize = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
_WIDTH = {"TD1": 30, "TD2": 36, "TD3": 44, "MRV-A": 44, "MRV-B": 36}
# 9303-3, section 6: where the recommended letters are more than the bare letter.
_TRANSLITERATED = {
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS", "Æ": "AE", "Ø": "OE", "Å": "AA", "Þ": "TH", "Ð": "D", "Đ": "D",
    "Ł": "L", "Œ": "OE", "Ñ": "N", "И": "I", "В": "V", "А": "A", "Н": "N", "О": "O", "П": "P", "Е": "E", "Т": "T",
    "Р": "R", "Щ": "SHCH", "Ю": "IU", "Я": "IA", "К": "K", "С": "S", "Л": "L", "М": "M", "Д": "D", "Г": "G",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ZoneHolder:
    """Whoever a document is made out to. Days as YYMMDD, fillers where unknown."""

    surname: str
    given: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    issuer: str = ""
    code: str = "P"
    optional: str = ""


def zone(person: ZoneHolder, size: ZoneSize) -> tuple[str, ...]:
    """The lines as they are printed."""
    width = _WIDTH[size]
    head = f"{person.code:<<2}{person.issuer or person.nationality:<<3}"
    names = _padded(f"{spelled(person.surname)}<<{spelled(person.given)}", width - 5 if size != "TD1" else 30)
    if size == "TD1":
        return (*_td1(person, head), names)
    personal = _with_digit(f"{person.birth:<<6}") + person.sex + _with_digit(f"{person.expiry:<<6}")
    nationality = f"{person.nationality:<<3}"
    if size == "TD2" and len(person.number) > 9:
        return head + names, _td2_long(person, nationality, personal)
    second = _with_digit(f"{person.number:<<9}") + nationality + personal
    match size:
        case "TD3":
            second += _with_digit(_padded(person.optional, 14))
            return head + names, second + digit(second[:10] + second[13:20] + second[21:])
        case "TD2":
            second += _padded(person.optional, 7)
            return head + names, second + digit(second[:10] + second[13:20] + second[21:])
        case _:
            return head + names, _padded(second + person.optional, width)


def _td1(person: ZoneHolder, head: str) -> tuple[str, str]:
    if len(person.number) > 9:
        rest = person.number[9:] + digit(person.number)
        first = head + person.number[:9] + "<" + _padded(rest, 15)
    else:
        first = head + _with_digit(f"{person.number:<<9}") + _padded(person.optional, 15)
    birth, expiry = _with_digit(f"{person.birth:<<6}"), _with_digit(f"{person.expiry:<<6}")
    spare = "<" * 11
    second = birth + person.sex + expiry + f"{person.nationality:<<3}" + spare
    return first, second + digit(first[5:] + birth + expiry + spare)


def _td2_long(person: ZoneHolder, nationality: str, personal: str) -> str:
    second = person.number[:9] + "<" + nationality + personal + _padded(person.number[9:] + digit(person.number), 7)
    return second + digit(second[:10] + second[13:20] + second[21:])


def spelled(name: str) -> str:
    """A name in the letters of a zone: transliterated, apostrophes left out, other gaps as fillers."""
    letters = "".join(_TRANSLITERATED.get(letter, letter) for letter in name.upper() if letter not in "'’.")
    bare = unicodedata.normalize("NFKD", letters)
    kept = "".join(c if "A" <= c <= "Z" else "<" for c in bare if not unicodedata.combining(c) and c != ",")
    return "<".join(part for part in kept.split("<") if part)


def digit(text: str) -> str:
    """The check digit, the long way: one weight after the other."""
    total = 0
    for place, character in enumerate(text):
        if character.isdigit():
            value = ord(character) - ord("0")
        elif character == "<":
            value = 0
        else:
            value = ord(character) - ord("A") + 10
        total += value * {0: 7, 1: 3, 2: 1}[place % 3]
    return str(total % 10)


def _with_digit(text: str) -> str:
    return text + digit(text)


def _padded(text: str, width: int) -> str:
    return f"{text[:width]:<<{width}}"
