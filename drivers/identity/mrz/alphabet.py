"""The 37 characters of a machine-readable zone, their check digits, and which of them eyes and cameras mix up."""

from __future__ import annotations

from itertools import cycle
from typing import Final

FILLER: Final = "<"
DIGITS: Final = "0123456789"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHARACTERS: Final = DIGITS + LETTERS + FILLER

_VALUES = {character: value for value, character in enumerate(DIGITS + LETTERS)} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)
_ALIKE = ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "4A", "7T")


def check_digit(field: str) -> str:
    """ICAO 9303-3, 4.9: weights 7, 3, 1, modulo 10. Raises KeyError for a character outside the 37."""
    total = sum(_VALUES[character] * weight for character, weight in zip(field, cycle(_WEIGHTS), strict=False))
    return DIGITS[total % 10]


def lookalikes(character: str) -> str:
    """What may stand where `character` was read, the likeliest first, itself not included."""
    found = next((group for group in _ALIKE if character in group), "")
    return found.replace(character, "")
